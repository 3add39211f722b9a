# Makes means.json. R 4.2.2: base functions; coin 1.4-2 for exact rank tests with ties; Yuen's test and
# the cluster-robust variances are written out from their definitions with full matrices.
suppressMessages({library(jsonlite); library(coin)})
sleep1 <- c(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2)
sleep2 <- c(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
ties1 <- c(1, 2, 2, 3, 5, 5, 7, 9); ties0 <- c(1, 1, 2, 2, 4, 5, 6)
student <- t.test(sleep2, sleep1, var.equal = TRUE)

exactTies <- function(a, b, alternative) {
  data <- data.frame(y = c(a, b), arm = factor(rep(c("offer", "control"), c(length(a), length(b))),
    levels = c("offer", "control")))
  as.numeric(pvalue(wilcox_test(y ~ arm, data, distribution = "exact", alternative = alternative)))
}
w <- wilcox.test(sleep2[1:6] + 0.03, sleep1 + 0.011 * (1:10), conf.int = TRUE, exact = TRUE)
normal <- wilcox.test(ties1, ties0, exact = FALSE, correct = FALSE)
corrected <- wilcox.test(ties1, ties0, exact = FALSE, correct = TRUE)

yuen <- function(x, y, trim) {
  part <- function(v) {
    n <- length(v); g <- floor(trim * n); h <- n - 2 * g; s <- sort(v)
    wins <- pmin(pmax(s, s[g + 1]), s[n - g])
    list(mean = mean(v, trim = trim), q = (n - 1) * var(wins) / (h * (h - 1)), h = h)
  }
  a <- part(x); b <- part(y); v <- a$q + b$q
  df <- v^2 / (a$q^2 / (a$h - 1) + b$q^2 / (b$h - 1))
  t <- (a$mean - b$mean) / sqrt(v)
  list(difference = a$mean - b$mean, se = sqrt(v), df = df, p = 2 * pt(-abs(t), df))
}

# A regression with a covariate and unequal clusters: all corrections, both coefficients.
set.seed(3)
cluster <- rep(1:9, c(2, 5, 3, 7, 1, 4, 6, 3, 8)); arm <- as.numeric(cluster %% 2 == 0)
x <- round(rnorm(length(cluster)), 2)
y <- round(1 + 0.5 * arm + 0.8 * x + rnorm(9)[cluster] + rnorm(length(cluster)), 2)
# CR0 to CR3 and Bell and McCaffrey's degrees of freedom, from N x N matrices.
clustered <- function(X, type) {
  M <- solve(crossprod(X)); H <- X %*% M %*% t(X); N <- nrow(X); I <- diag(N); G <- max(cluster)
  beta <- drop(M %*% crossprod(X, y)); e <- drop(y - X %*% beta)
  power <- c(CR0 = 0, CR1S = 0, CR2 = -0.5, CR3 = -1)[[type]]
  W <- lapply(1:G, function(g) {
    i <- cluster == g
    s <- eigen((I - H)[i, i, drop = FALSE], symmetric = TRUE)
    f <- ifelse(s$values > 1e-10, pmax(s$values, 1e-300)^power, 0)
    A <- s$vectors %*% (f * t(s$vectors))
    w <- matrix(0, N, ncol(X)); w[i, ] <- A %*% X[i, , drop = FALSE] %*% M; w
  })
  scale <- if (type == "CR1S") G / (G - 1) * (N - 1) / (N - ncol(X)) else 1
  se <- sqrt(scale * sapply(1:ncol(X), function(k) sum(sapply(W, function(w) sum(w[, k] * e)^2))))
  df <- sapply(1:ncol(X), function(k) {
    w <- sapply(W, function(w) w[, k]); m <- t(w) %*% (I - H) %*% w
    sum(diag(m))^2 / sum(m^2)
  })
  list(beta = beta, se = se, df = df)
}
types <- c(CR0 = "CR0", CR1S = "CR1S", CR2 = "CR2", CR3 = "CR3")
robust <- lapply(types, function(type) clustered(cbind(1, arm, x), type))
plain <- lapply(types, function(type) clustered(cbind(1, arm), type))

write(toJSON(list(
  sleep1 = sleep1, sleep2 = sleep2, ties1 = ties1, ties0 = ties0,
  student = list(t = unname(student$statistic), p = student$p.value, ci = student$conf.int),
  rank = list(a = sleep2[1:6] + 0.03, b = sleep1 + 0.011 * (1:10), u = unname(w$statistic),
    p = w$p.value, shift = unname(w$estimate), ci = w$conf.int),
  ties = list(u = unname(normal$statistic), normal = normal$p.value, corrected = corrected$p.value,
    greater = exactTies(ties1, ties0, "greater"), less = exactTies(ties1, ties0, "less")),
  yuen = yuen(sleep2, sleep1, 0.2), yuen10 = yuen(ties1, ties0, 0.15),
  clusters = list(cluster = cluster, arm = arm, x = x, y = y, regression = robust, plain = plain)
), digits = I(16), auto_unbox = TRUE, pretty = TRUE), "means.json")
