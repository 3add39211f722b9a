# Writes regressions.json: what R finds for robust covariances, marginal effects, calibration and other
# families on the fixtures beside this file. R 4.2.2, clubSandwich 0.5.8, sandwich 3.0-2, pROC 1.18.0,
# nnet 7.3-18, MASS 7.3-58.2, survival 3.5-3, brglm2 0.9, jsonlite. Run here: Rscript regressions.R
suppressMessages({
  library(clubSandwich); library(sandwich); library(pROC); library(nnet); library(MASS)
  library(survival); library(brglm2); library(jsonlite)
})
tight <- list(epsilon = 1e-15, maxit = 100)
out <- list()
b <- read.csv("birthwt.csv", stringsAsFactors = FALSE)
b$race <- factor(b$race, c("white", "black", "other"))
f <- read.csv("fair.csv")

# Cluster-robust covariances of low ~ lwt + smoke + ht, the mother's age as the cluster.
m <- glm(low ~ lwt + smoke + ht, binomial, b, control = tight)
se <- function(v) unname(sqrt(diag(v)))
out$cluster <- list(
  cr0 = se(vcovCR(m, b$age, "CR0")), cr1 = se(vcovCR(m, b$age, "CR1S")),
  cr2 = se(vcovCR(m, b$age, "CR2")), cr3 = se(vcovCR(m, b$age, "CR3")))
# Wald, profile and score intervals of the same fit; the score interval by root finding on Rao's test.
rao <- function(j, value) {
  X <- model.matrix(m)
  r <- glm.fit(X[, -j], b$low, offset = X[, j] * value, family = binomial(), control = tight)
  mu <- r$fitted.values; I <- crossprod(X, X * mu * (1 - mu)); s <- crossprod(X, b$low - mu)
  drop(t(s) %*% solve(I, s))
}
score_end <- function(j, side) {
  est <- coef(m)[j]; s <- sqrt(vcov(m)[j, j]); q <- qchisq(0.95, 1)
  uniroot(function(v) rao(j, v) - q, sort(est + side * s * c(0.2, 5)), tol = 1e-13)$root
}
out$score_interval <- lapply(1:4, function(j) c(score_end(j, -1), score_end(j, 1)))
out$joint_wald <- unname(drop(t(coef(m)[3:4]) %*% solve(vcov(m)[3:4, 3:4], coef(m)[3:4])))

# Profile intervals by root finding on the deviance, and how far MASS's interpolated ones are from them.
s <- glm(GRADE ~ GPA + TUCE + PSI, binomial, read.csv("spector.csv"), control = tight)
profile_end <- function(m, j, side) {
  X <- model.matrix(m); est <- coef(m)[j]; q <- qchisq(0.95, 1)
  excess <- function(v) glm.fit(X[, -j], m$y, offset = X[, j] * v, family = binomial(),
    control = tight)$deviance - deviance(m) - q
  uniroot(excess, sort(est + side * sqrt(vcov(m)[j, j]) * c(0.5, 5)), tol = 1e-13)$root
}
exact <- t(sapply(1:4, function(j) c(profile_end(s, j, -1), profile_end(s, j, 1))))
out$profile_interval <- exact
out$profile_interpolation <- max(abs(suppressMessages(confint(s)) - exact))

# Median bias reduction of grouped data.
g <- read.csv("budworm.csv")
med <- glm(cbind(numdead, 20 - numdead) ~ sex + ldose, binomial, g, method = "brglmFit",
  type = "AS_median", epsilon = 1e-12, maxit = 1000)
mean_ <- update(med, type = "AS_mean")
out$budworm <- list(
  median = unname(coef(med)), median_se = se(vcov(med)), mean = unname(coef(mean_)),
  mean_se = se(vcov(mean_)))

# Ranking: two models on the same rows.
m2 <- glm(low ~ age + lwt + race + smoke + ptd + ht + ui + ftv, binomial, b, control = tight)
r1 <- roc(b$low, fitted(m), quiet = TRUE, direction = "<")
r2 <- roc(b$low, fitted(m2), quiet = TRUE, direction = "<")
rt <- roc(b$low, b$age, quiet = TRUE, direction = "<")
paired <- roc.test(r2, r1, method = "delong", paired = TRUE)
out$roc <- list(
  small = as.numeric(auc(r1)), small_variance = var(r1), large = as.numeric(auc(r2)),
  large_variance = var(r2), large_ci = as.numeric(ci.auc(r2)), paired_z = unname(paired$statistic),
  paired_p = paired$p.value, ties = as.numeric(auc(rt)), ties_variance = var(rt))

# Other families: the mother's weight by smoking and hypertension, each row as many times as its weight,
# with an offset, and the mother's age as the cluster.
w <- 1 + (seq_len(nrow(b)) %% 2)
r <- b[rep(seq_len(nrow(b)), w), ]
r$off <- r$ui / 8
fams <- list(
  normal = glm(lwt ~ smoke + ht + offset(off), gaussian, r),
  poisson = glm(lwt ~ smoke + ht + offset(off), poisson, r, control = tight),
  gamma = glm(lwt ~ smoke + ht + offset(off), Gamma(link = "log"), r, control = tight))
out$families <- lapply(fams, function(m) list(
  coef = unname(coef(m)), se = se(vcov(m)), deviance = deviance(m), dispersion = summary(m)$dispersion,
  hc0 = se(vcovHC(m, "HC0")), hc1 = se(vcovHC(m, "HC1")), hc2 = se(vcovHC(m, "HC2")),
  hc3 = se(vcovHC(m, "HC3")),
  cr0 = se(vcovCR(m, r$age, "CR0")), cr1 = se(vcovCR(m, r$age, "CR1S")),
  cr2 = se(vcovCR(m, r$age, "CR2")), cr3 = se(vcovCR(m, r$age, "CR3"))))

# Multinomial: race on three covariates.
mn <- multinom(race ~ age + lwt + smoke, b, trace = FALSE, reltol = 1e-16, abstol = 1e-16, maxit = 5000)
out$multinomial <- list(
  coef = lapply(1:2, function(k) unname(coef(mn)[k, ])), se = lapply(1:2, function(k)
    unname(summary(mn)$standard.errors[k, ])), loglik = as.numeric(logLik(mn)))

# Proportional odds: the rating of a marriage. polr differentiates once numerically, to some 1e-5 of an
# error; numDeriv's extrapolated Hessian of the same likelihood is good to 1e-9.
po <- polr(factor(rate_marriage) ~ age + yrs_married + religious, f, control = list(reltol = 1e-16, maxit = 5000))
X <- as.matrix(f[, c("age", "yrs_married", "religious")])
ordinal <- function(v) {
  cuts <- c(-Inf, v[4:7], Inf); eta <- drop(X %*% v[1:3])
  -sum(log(plogis(cuts[f$rate_marriage + 1] - eta) - plogis(cuts[f$rate_marriage] - eta)))
}
v <- c(coef(po), po$zeta)
for (step in 1:3) v <- v - solve(numDeriv::hessian(ordinal, v), numDeriv::grad(ordinal, v))
out$ordinal <- list(
  coef = unname(v[1:3]), cuts = unname(v[4:7]), se = se(solve(numDeriv::hessian(ordinal, v))),
  loglik = -ordinal(v))

# Conditional logistic, strata of the mother's age.
cl <- clogit(low ~ lwt + smoke + ht + strata(age), b, method = "exact",
  control = coxph.control(eps = 1e-14, iter.max = 100))
out$conditional <- list(coef = unname(coef(cl)), se = se(vcov(cl)), loglik = cl$loglik)

cat(toJSON(out, digits = 15, auto_unbox = TRUE, pretty = TRUE), "\n", file = "regressions.json")
