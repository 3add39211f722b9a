# Adjusted p-values by R's p.adjust and by multtest's mt.rawp2adjp (Šidák's two), R 4.2.2, multtest 2.54.
# Rscript multiplicity.R > multiplicity.json
suppressMessages(library(multtest))
set.seed(20261122)
vectors <- list(
  round(runif(12)^3, 6), c(0.01, 0.01, 0.02, 0.02, 0.5, 1, 0), runif(60)^2,
  c(rep(0.03, 5), 0.9), 10^-(0:30), c(0.012, 0.013, 0.014, 0.015, 0.8))
line <- function(p) {
  methods <- c("bonferroni", "holm", "hochberg", "hommel", "BH", "BY")
  adjusted <- sapply(methods, function(m) p.adjust(p, m), simplify = FALSE)
  both <- mt.rawp2adjp(p, c("SidakSS", "SidakSD"))
  back <- both$adjp[order(both$index), ]
  adjusted$sidak <- back[, "SidakSS"]; adjusted$holmSidak <- back[, "SidakSD"]
  show <- function(x) paste0("[", paste(formatC(x, digits = 17, format = "g"), collapse = ", "), "]")
  fields <- c(p = show(p), sapply(adjusted, show))
  paste0("{", paste0("\"", names(fields), "\": ", fields, collapse = ", "), "}")
}
cat("[\n", paste(sapply(vectors, line), collapse = ",\n"), "\n]\n", sep = "")
