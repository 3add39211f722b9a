# Writes formulas.json: the columns that R makes of formulas over a table of 24 rows, which the test makes
# again. Run: Rscript formulas.R > formulas.json     (made by R 4.2.2)
i <- 0:23
table <- data.frame(
  arm = factor(c("none", "pause", "discount")[i %% 3 + 1], levels = c("none", "pause", "discount")),
  plan = factor(c("monthly", "annual")[(i %/% 3) %% 2 + 1], levels = c("monthly", "annual")),
  reason = factor(c("price", "bugs", "other")[((i * 5) %/% 7) %% 3 + 1], levels = c("price", "bugs", "other")),
  tenure = 1 + (i * 7) %% 11, mrr = 0.5 + (i * 3) %% 5)
formulas <- c(
  "~ arm", "~ tenure + arm", "~ arm * tenure", "~ arm * (tenure + plan + reason)",
  "~ arm * plan * log(tenure)", "~ tenure:mrr + arm:plan + plan + arm", "~ plan:tenure", "~ tenure + plan:tenure",
  "~ reason:arm + arm + reason + sqrt(mrr)", "~ (arm + plan):(tenure + mrr) + tenure", "~ mrr + arm:mrr + mrr:plan + log1p(mrr)",
  "~ tenure * (arm + tenure) + arm:tenure:plan", "~ 1", "~ plan * (arm * mrr)")
quote <- function(x) paste0('"', x, '"')
cases <- sapply(formulas, function(text) {
  x <- model.matrix(as.formula(text), table)
  columns <- apply(x, 2, function(column) paste0("[", paste(sprintf("%.17g", column), collapse = ","), "]"))
  paste0(
    '{"formula": ', quote(text), ',\n "names": [', paste(quote(colnames(x)), collapse = ", "),
    '],\n "columns": [', paste(columns, collapse = ",\n  "), "]}")
})
cat("[", paste(cases, collapse = ",\n"), "]\n", sep = "")
