# Makes penalized.json: Rscript penalized.R > penalized.json (R 4.2.2, glmnet 4.1-6, jsonlite).
# The data are multiples of irrational numbers, so that the tests make the same.
suppressMessages(library(glmnet))
frac <- function(v) v - floor(v)
make <- function(n, p) { x <- matrix(0, n, p)
  for (j in 1:p) x[, j] <- frac((1:n) * sqrt(j + 1) + (1:n)^2 * sqrt(j + 2) * 0.37) ; x }
x <- make(60, 120)
eta <- 4 * (x[, 1] - 0.5) - 5 * (x[, 7] - 0.5) + 3 * (x[, 30] - 0.5)
y <- as.numeric(frac((1:60) * sqrt(3)) < 1 / (1 + exp(-eta)))
lam <- c(0.1, 0.05, 0.03)
out <- list()
put <- function(id, f, l) {
  b <- as.matrix(coef(f, s = l, exact = FALSE)); out[[id]] <<- list(lambda = l, intercept = b[1, ], beta = unname(as.list(as.data.frame(b[-1, , drop = FALSE])))) }
fitg <- function(...) glmnet(..., thresh = 1e-16, maxit = 1e7)
put('wide-logistic-alpha0.8', fitg(x, y, family = 'binomial', alpha = 0.8, lambda = lam), lam)
xt <- make(80, 8); pf <- c(0, 1, 2, 1, 0.5, 1, 1, 3); w <- 1 + (1:80) %% 3; off <- 0.5 * sin(1:80)
yt <- as.numeric(frac((1:80) * sqrt(3)) < 1 / (1 + exp(-(3 * xt[, 2] - 2 * xt[, 4] - 0.5))))
put('logistic-weights-offset-factors', fitg(xt, yt, family = 'binomial', alpha = 0.7, lambda = c(0.05, 0.02, 0.005), weights = w, offset = off, penalty.factor = pf), c(0.05, 0.02, 0.005))
g <- 2 * xt[, 1] - xt[, 3] + frac((1:80) * sqrt(5)); g <- (g - mean(g)) / sqrt(mean((g - mean(g))^2))
put('gaussian-lasso', fitg(xt, g, family = 'gaussian', alpha = 1, lambda = c(0.2, 0.1, 0.02)), c(0.2, 0.1, 0.02))
put('gaussian-enet-unstandardized', fitg(xt, g, family = 'gaussian', alpha = 0.4, standardize = FALSE, lambda = c(0.1, 0.05, 0.01)), c(0.1, 0.05, 0.01))
put('gaussian-no-intercept', fitg(xt, g, family = 'gaussian', alpha = 1, intercept = FALSE, lambda = c(0.1, 0.02)), c(0.1, 0.02))
f <- glmnet(xt, yt, family = 'binomial', weights = w, thresh = 1e-14)
out[['logistic-path-weighted']] <- list(lambda = f$lambda, devRatio = f$dev.ratio, df = f$df, nullDeviance = f$nulldev / sum(w))
fg <- glmnet(xt, g, family = 'gaussian', alpha = 0.5, thresh = 1e-16)
out[['gaussian-path']] <- list(lambda = fg$lambda, devRatio = fg$dev.ratio, df = fg$df)
lam <- c(0.1, 0.05, 0.02, 0.01, 0.005)
for (m in c('deviance', 'auc')) {
  v <- cv.glmnet(xt, yt, family = 'binomial', weights = w, lambda = lam, foldid = 1 + (1:80 * 7) %% 4, type.measure = m, thresh = 1e-14)
  out[[paste0('cv-', m)]] <- list(lambda = v$lambda, mean = unname(v$cvm), standardError = unname(v$cvsd), least = v$lambda.min, oneStandardError = v$lambda.1se)
}
v <- cv.glmnet(xt, g, lambda = lam, foldid = 1 + (1:80 * 7) %% 4, thresh = 1e-16)
out[['cv-gaussian']] <- list(lambda = v$lambda, mean = unname(v$cvm), standardError = unname(v$cvsd), least = v$lambda.min, oneStandardError = v$lambda.1se)
# The adaptive lasso by ridge at 0.1, and information criteria from the likelihood itself.
r <- fitg(xt, yt, family = 'binomial', alpha = 0, lambda = 0.1)
b <- as.vector(coef(r))[-1] * apply(xt, 2, function(c) sqrt(mean((c - mean(c))^2)))
put('adaptive', fitg(xt, yt, family = 'binomial', lambda = c(0.03, 0.01), penalty.factor = 1 / (abs(b) / max(abs(b)))), c(0.03, 0.01))
f <- fitg(xt, yt, family = 'binomial', lambda = c(0.05, 0.02, 0.005))
p <- predict(f, xt, type = 'response'); d <- -2 * colSums(yt * log(p) + (1 - yt) * log(1 - p))
out[['criteria']] <- list(lambda = f$lambda, aic = unname(d + 2 * f$df), bic = unname(d + log(80) * f$df), ebic = unname(d + log(80) * f$df + lchoose(8, f$df)))
library(jsonlite)
cat(toJSON(out, digits = NA, auto_unbox = FALSE, pretty = TRUE))
