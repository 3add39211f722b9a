# Makes arms.json: R 4.2.2 with epiR, multcomp and mvtnorm. Run in this folder: Rscript arms.R
suppressMessages({ library(epiR); library(multcomp); library(mvtnorm); library(jsonlite) })

# Strata: rows of a table are arms (offer, control), columns outcomes (success, failure).
strata <- list(
  berkeley = array(as.numeric(UCBAdmissions), c(2,2,6)),
  rabbits = array(c(0,0,6,5, 3,0,3,6, 6,2,0,4, 5,6,1,0, 2,5,0,0), c(2,2,5)),
  simpson = array(c(81,234,6,36, 192,55,71,25), c(2,2,2)),
  sparse = array(c(1,0,0,1, 1,0,0,1, 0,1,1,0, 1,0,1,2, 2,1,0,3), c(2,2,5)),
  unequal = array(c(30,300,170,2700, 5,70,45,430, 12,90,8,110), c(2,2,3)),
  large = array(c(2110,1980,7890,8020, 5230,5010,14770,14990, 410,377,590,623), c(2,2,3)))
limits <- function(z) list(lower = z[1], upper = z[2])
breslowDay <- function(t, or) {
  a <- function(m) {
    n1 <- sum(m[1,]); n0 <- sum(m[2,]); s <- sum(m[,1])
    f <- function(x) log(x) + log(n0 - s + x) - log(n1 - x) - log(s - x) - log(or)
    lo <- max(0, s - n0); hi <- min(n1, s)
    uniroot(f, c(lo, hi) + c(1, -1) * 1e-12 * (hi - lo), tol = 1e-15, maxiter = 10000)$root
  }
  x <- apply(t, 3, function(m) m[1,1]); e <- apply(t, 3, a)
  v <- apply(t, 3, function(m) { b <- a(m); n1 <- sum(m[1,]); n0 <- sum(m[2,]); s <- sum(m[,1])
    1/(1/b + 1/(n1-b) + 1/(s-b) + 1/(n0-s+b)) })
  q <- sum((x - e)^2 / v)
  list(plain = q, tarone = q - sum(x - e)^2 / sum(v), df = dim(t)[3] - 1)
}
out <- list()
out$strata <- lapply(names(strata), function(name) {
  t <- strata[[name]]
  plain <- mantelhaen.test(t, correct = FALSE); corrected <- mantelhaen.test(t, correct = TRUE)
  row <- list(name = name, tables = lapply(seq_len(dim(t)[3]), function(k) t[,,k]),
    chi2 = plain$statistic[[1]], p = plain$p.value,
    greater = mantelhaen.test(t, correct = FALSE, alternative = "greater")$p.value,
    chi2Corrected = corrected$statistic[[1]], pCorrected = corrected$p.value,
    oddsRatio = plain$estimate[[1]], interval = plain$conf.int[1:2])
  exact <- mantelhaen.test(t, exact = TRUE)
  row$exact <- list(p = exact$p.value, oddsRatio = exact$estimate[[1]], interval = exact$conf.int[1:2],
    greater = mantelhaen.test(t, exact = TRUE, alternative = "greater")$p.value,
    less = mantelhaen.test(t, exact = TRUE, alternative = "less")$p.value)
  keep <- apply(t, 3, function(m) all(colSums(m) > 0) && all(rowSums(m) > 0))
  row$breslowDay <- breslowDay(t[,,keep], plain$estimate[[1]])
  # Rothman, Greenland and Lash (2008), equations 15-22 to 15-24, in R.
  n1 <- apply(t, 3, function(m) sum(m[1,])); n0 <- apply(t, 3, function(m) sum(m[2,])); n <- n1 + n0
  x1 <- t[1,1,]; x0 <- t[2,1,]; w <- n1 * n0 / n
  d <- sum(w * (x1/n1 - x0/n0)) / sum(w)
  vd <- sum((x1*(n1-x1)*n0^3 + x0*(n0-x0)*n1^3) / (n1*n0*n^2)) / sum(w)^2
  r <- sum(x1*n0/n) / sum(x0*n1/n)
  vr <- sum((n1*n0*(x1+x0) - x1*x0*n) / n^2) / (sum(x1*n0/n) * sum(x0*n1/n))
  row$difference <- list(estimate = d, standardError = sqrt(vd))
  row$ratio <- list(estimate = r, logStandardError = sqrt(vr))
  e <- tryCatch(epi.2by2(as.table(t), method = "cohort.count")$massoc.detail, error = function(e) NULL)
  if (!is.null(e) && name %in% c("simpson", "unequal", "large")) {
    row$epiR <- list(ratio = unlist(e$RR.mh.wald), difference = unlist(e$ARisk.mh.green))
  }
  row
})

# k arms of proportions.
arms <- list(
  list(x = c(83,90,129,70), n = c(86,93,136,82), scores = c(1,2,3,4)),
  list(x = c(110,128,150,210,199), n = c(1000,1010,990,1005,1200), scores = c(0,5,10,20,50)),
  list(x = c(3,0,4,9), n = c(20,18,25,31), scores = c(1,2,4,3)),
  list(x = c(7,12), n = c(40,38), scores = c(0,1)))
out$arms <- lapply(arms, function(a) {
  t <- suppressWarnings(prop.test(a$x, a$n, correct = FALSE))
  trend <- prop.trend.test(a$x, a$n, a$scores)
  o <- cbind(a$x, a$n - a$x); e <- outer(rowSums(o), colSums(o)) / sum(o)
  g <- 2 * sum(ifelse(o > 0, o * log(o / e), 0))
  slope <- coef(lm(a$x/a$n ~ a$scores, weights = a$n))[[2]]
  c(a, list(chi2 = t$statistic[[1]], p = t$p.value, g = g, trend = trend$statistic[[1]],
    trendP = trend$p.value, slope = slope))
})

# Dunnett's comparisons by nested integrate(), and glht() to its own 1e-3 error.
inner <- function(c, s, lambda, two) {
  f <- function(y) sapply(y, function(v) {
    k <- sqrt(1 - lambda^2); hi <- (c * s + lambda * v) / k; lo <- (-c * s + lambda * v) / k
    dnorm(v) * prod(if (two) pnorm(hi) - pnorm(lo) else pnorm(hi)) })
  integrate(f, -9, 9, rel.tol = 1e-12, subdivisions = 2000)$value
}
outside <- function(c, lambda, df, two) {
  if (is.infinite(df)) return(1 - inner(c, 1, lambda, two))
  g <- function(s) sapply(s, function(u) 2 * df * u * dchisq(df * u^2, df) * (1 - inner(c, u, lambda, two)))
  integrate(g, 0, 8, rel.tol = 1e-11, subdivisions = 2000)$value
}
set.seed(20260101)
groups <- list(
  list(control = c(7.4,8.5,7.2,8.24,9.84,8.32),
    treatments = list(c(9.76,8.8,7.68,9.36), c(12.8,9.68,12.16,9.2,10.55))),
  list(control = round(rnorm(12, 20, 3), 2),
    treatments = list(round(rnorm(5, 22, 3), 2), round(rnorm(9, 19, 3), 2), round(rnorm(7, 24, 3), 2),
      round(rnorm(3, 20, 3), 2))))
out$dunnett <- lapply(groups, function(g) {
  y <- c(g$control, unlist(g$treatments)); k <- length(g$treatments)
  arm <- factor(rep(0:k, c(length(g$control), lengths(g$treatments))))
  fit <- aov(y ~ arm); s <- summary(fit)[[1]][["Mean Sq"]][2]; df <- fit$df.residual
  n0 <- length(g$control); n <- lengths(g$treatments)
  d <- sapply(g$treatments, mean) - mean(g$control)
  t <- d / sqrt(s * (1/n + 1/n0)); lambda <- sqrt(n / (n + n0))
  critical <- uniroot(function(c) outside(c, lambda, df, TRUE) - .05, c(1.5, 6), tol = 1e-11)$root
  one <- uniroot(function(c) outside(c, lambda, df, FALSE) - .05, c(1, 6), tol = 1e-11)$root
  free <- { o <- order(-abs(t)); p <- sapply(seq_along(o), function(i)
      outside(abs(t[o[i]]), lambda[o[i:k]], df, TRUE)); cummax(p)[order(o)] }
  h <- glht(fit, linfct = mcp(arm = "Dunnett"))
  c(g, list(t = t, df = df, twoSided = sapply(abs(t), outside, lambda, df, TRUE),
    greater = sapply(t, outside, lambda, df, FALSE), critical = critical, oneSided = one,
    stepDown = free, glht = as.numeric(summary(h)$test$pvalues),
    glhtFree = as.numeric(summary(h, test = adjusted("free"))$test$pvalues)))
})
# Unequal variances: plug-in correlation, each comparison's own degrees (Hasler and Hothorn 2008).
out$welch <- lapply(groups[2], function(g) {
  v0 <- var(g$control) / length(g$control); m0 <- length(g$control) - 1
  v <- sapply(g$treatments, var) / lengths(g$treatments); m <- lengths(g$treatments) - 1
  t <- (sapply(g$treatments, mean) - mean(g$control)) / sqrt(v + v0); lambda <- sqrt(v0 / (v + v0))
  df <- (v + v0)^2 / (v^2 / m + v0^2 / m0)
  c(g, list(t = t, df = df, twoSided = sapply(seq_along(t), function(i) outside(abs(t[i]), lambda, df[i], TRUE))))
})
# Proportions: separate variances, large samples.
out$dunnettProportions <- lapply(list(list(x = c(220, 253, 231, 265), n = c(1000, 1000, 500, 1000))), function(a) {
  p <- a$x / a$n; v <- p * (1 - p) / a$n; t <- (p[-1] - p[1]) / sqrt(v[-1] + v[1])
  lambda <- sqrt(v[1] / (v[-1] + v[1])); corr <- outer(lambda, lambda); diag(corr) <- 1
  c(a, list(z = t, twoSided = sapply(abs(t), outside, lambda, Inf, TRUE),
    mvtnorm = sapply(abs(t), function(c) 1 - pmvnorm(rep(-c, 3), rep(c, 3), corr = corr,
      algorithm = Miwa(steps = 512))[1])))
})

# Factorial tables: likelihood ratios of each term beyond those that do not contain it.
tables <- list(
  list(levels = c(2,2), x = c(110,128,150,210), n = c(1000,1010,990,1005)),
  list(levels = c(3,4), x = c(20,25,31,28,30,41,22,50,35,33,48,61),
    n = c(200,210,190,205,220,230,180,240,200,195,225,260)),
  list(levels = c(2,2,3), x = c(12,15,9,20,22,31,18,14,25,27,35,40),
    n = c(100,110,90,105,120,130,80,95,101,99,125,140)))
out$factorial <- lapply(tables, function(d) {
  k <- length(d$levels)
  g <- rev(expand.grid(lapply(rev(d$levels), function(l) factor(seq_len(l) - 1))))
  names(g) <- letters[seq_len(k)]; g$x <- d$x; g$n <- d$n
  terms <- lapply(seq_len(2^k - 1), function(m) which(bitwAnd(m, 2^(seq_len(k) - 1)) > 0))
  label <- function(s) paste(names(g)[s], collapse = ":")
  fit <- function(ts) glm(reformulate(if (length(ts)) sapply(ts, label) else "1", "cbind(x, n - x)"), binomial, g,
    control = list(epsilon = 1e-12, maxit = 100))
  tests <- lapply(terms, function(s) {
    others <- Filter(function(u) !all(s %in% u), terms)
    a <- fit(others); b <- fit(c(others, list(s)))
    list(term = I(as.list(s - 1)), chi2 = a$deviance - b$deviance, df = a$df.residual - b$df.residual)
  })
  full <- summary(fit(terms))$coefficients
  c(d, list(tests = tests, interaction = full[nrow(full), 1:2]))
})
writeLines(toJSON(out, digits = I(16), auto_unbox = TRUE), "arms.json")
