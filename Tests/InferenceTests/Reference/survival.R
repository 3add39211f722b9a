# Writes survival.json: what R says of the survival estimates, tests and Cox models.
# R 4.2.2, survival 3.5-3, cmprsk 2.2-11. Usage: Rscript survival.R FOLDER > survival.json
# where FOLDER holds lung.csv, veteran.csv, aml.csv, rossi.csv of the packages survival and lifelines. Their rows
# are not written; those of the made-up trial are.
suppressMessages({library(survival); library(cmprsk); library(jsonlite)})
folder <- commandArgs(TRUE)[1]

# A made-up trial: times by the day, hence many ties; three arms, two causes, strata and clusters.
set.seed(20260922)
n <- 180
trial <- data.frame(arm = sample(0:2, n, TRUE, c(.4, .35, .25)), stratum = sample(0:2, n, TRUE),
  cluster = sample(0:24, n, TRUE), age = round(rnorm(n, 40, 10), 1), price = sample(0:1, n, TRUE))
hazard <- 0.04 * exp(-0.4 * (trial$arm == 1) + 0.3 * trial$price + 0.01 * (trial$age - 40))
event <- ceiling(rexp(n, hazard)); stop <- pmin(30, ceiling(runif(n, 0, 45)))
trial$time <- pmin(event, stop); trial$status <- as.integer(event <= stop)
trial$cause <- ifelse(trial$status == 1, 1 + rbinom(n, 1, .35), 0)

curve <- function(d) {
  fit <- survfit(Surv(time, status) ~ 1, d)
  keep <- fit$n.event > 0
  out <- list(time = fit$time[keep], survival = fit$surv[keep], se = (fit$surv * fit$std.err)[keep])
  for (type in c("plain", "log", "log-log", "arcsin", "logit")) {
    f <- survfit(Surv(time, status) ~ 1, d, conf.type = type, conf.int = .9)
    q <- quantile(f, c(.1, .25, .5))
    out[[type]] <- list(lower = f$lower[keep], upper = f$upper[keep], q = unname(q$quantile),
      qLower = unname(q$lower), qUpper = unname(q$upper))
  }
  for (c in 1:2) {
    f <- survfit(Surv(time, status) ~ 1, d, stype = 2, ctype = c)
    out[[paste0("hazard", c)]] <- list(value = f$cumhaz[keep], se = f$std.chaz[keep])
  }
  out
}
rmst <- function(d, tau) {
  m <- survival:::survmean(survfit(Surv(time, status) ~ 1, d), rmean = tau)$matrix
  list(tau = tau, mean = unname(m["rmean"]), se = unname(m["se(rmean)"]))
}
# Weighted log-rank statistics from their definition; rho families against survdiff.
weighted <- function(d, w) {
  ts <- sort(unique(d$time[d$status == 1])); s <- 1; p <- 1; u <- v <- 0
  for (t in ts) {
    n <- sum(d$time >= t); n1 <- sum(d$time >= t & d$arm == 1)
    e <- sum(d$time == t & d$status == 1); e1 <- sum(d$time == t & d$status == 1 & d$arm == 1)
    p <- p * (1 - e / (n + 1)); k <- w(n, s, p); s <- s * (1 - e / n)
    u <- u + k * (e1 - e * n1 / n)
    if (n > 1) v <- v + k^2 * e * (n - e) / (n - 1) * n1 / n * (1 - n1 / n)
  }
  u^2 / v
}
weights <- function(d) list(
  logRank = survdiff(Surv(time, status) ~ arm, d)$chisq,
  earlyFlemingHarrington = survdiff(Surv(time, status) ~ arm, d, rho = 1)$chisq,
  gehanBreslow = weighted(d, function(n, s, p) n),
  taroneWare = weighted(d, function(n, s, p) sqrt(n)),
  petoPeto = weighted(d, function(n, s, p) p),
  modifiedPetoPeto = weighted(d, function(n, s, p) p * n / (n + 1)),
  lateFlemingHarrington = weighted(d, function(n, s, p) 1 - s))
two <- subset(trial, arm < 2)
tests <- c(weights(two), stratified = survdiff(Surv(time, status) ~ arm + strata(stratum), two)$chisq)
three <- survdiff(Surv(time, status) ~ arm, trial)
threeStrata <- survdiff(Surv(time, status) ~ arm + strata(stratum), trial, rho = .5)
a <- 0:2
kSample <- list(chisq = three$chisq, observed = three$obs, expected = three$exp,
  trend = sum(a * (three$obs - three$exp)) / sqrt(drop(a %*% three$var %*% a)),
  stratifiedRhoHalf = threeStrata$chisq)

incidence <- cuminc(trial$time, trial$cause, trial$arm)
stratifiedGray <- cuminc(trial$time, trial$cause, trial$arm, strata = trial$stratum)
at <- timepoints(incidence, c(3, 7, 14, 21, 28))
weightedGray <- cuminc(trial$time, trial$cause, trial$arm, rho = 1)
gray <- list(times = c(3, 7, 14, 21, 28), estimate = unname(at$est), variance = unname(at$var),
  names = rownames(at$est), chisq = unname(incidence$Tests[, "stat"]),
  stratified = unname(stratifiedGray$Tests[, "stat"]), rhoOne = unname(weightedGray$Tests[, "stat"]))

control <- coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 50)
cox <- function(formula, d, ties = "efron", cluster = NULL) {
  fit <- function(...) do.call(coxph, list(formula, d, ties = ties, control = control, ...))
  f <- if (is.null(cluster)) fit(robust = FALSE) else fit(cluster = d[[cluster]])
  naive <- if (is.null(f$naive.var)) f$var else f$naive.var
  g <- fit(cluster = seq_len(nrow(d)))
  zph <- function(t) unname(cox.zph(f, transform = t)$table[, "chisq"])
  list(coef = I(unname(coef(f))), se = I(sqrt(diag(naive))), loglik = f$loglik, score = f$score,
    wald = unname(drop(coef(f) %*% solve(naive, coef(f)))),
    robust = I(sqrt(diag(g$var))), clustered = if (is.null(cluster)) NULL else I(sqrt(diag(f$var))),
    concordance = unname(concordance(f)$concordance), km = zph("km"), identity = zph("identity"),
    log = zph("log"), rank = zph("rank"))
}
three.way <- Surv(time, status) ~ I(arm == 1) + I(arm == 2) + age + price
models <- list(
  efron = cox(three.way, trial, cluster = "cluster"),
  breslow = cox(three.way, trial, "breslow", cluster = "cluster"),
  strata = cox(update(three.way, . ~ . + strata(stratum)), trial, cluster = "cluster"))

lung <- read.csv(file.path(folder, "lung.csv")); lung$status <- lung$status - 1; lung$arm <- lung$sex - 1
veteran <- read.csv(file.path(folder, "veteran.csv")); veteran$arm <- veteran$trt - 1
rossi <- read.csv(file.path(folder, "rossi.csv")); rossi$time <- rossi$week; rossi$status <- rossi$arrest
rossi$arm <- rossi$fin
aml <- read.csv(file.path(folder, "aml.csv")); aml$arm <- as.integer(aml$x == "Nonmaintained")
arms <- function(f, d, ...) lapply(0:1, function(k) f(subset(d, arm == k), ...))
public <- list(
  lung = list(logRank = survdiff(Surv(time, status) ~ arm, lung)$chisq,
    peto = survdiff(Surv(time, status) ~ arm, lung, rho = 1)$chisq, curve = curve(lung),
    weights = weights(lung), rmst = arms(rmst, lung, 500),
    cox = cox(Surv(time, status) ~ age + sex, lung),
    breslow = cox(Surv(time, status) ~ age + sex, lung, "breslow")),
  aml = list(curves = arms(curve, aml), weights = weights(aml), rmst = arms(rmst, aml, 45),
    cox = cox(Surv(time, status) ~ arm, aml),
    breslow = cox(Surv(time, status) ~ arm, aml, "breslow")),
  veteran = list(weights = weights(veteran), rmst = arms(rmst, veteran, 200), logRank = survdiff(Surv(time, status) ~ arm, veteran)$chisq,
    stratified = survdiff(Surv(time, status) ~ arm + strata(celltype), veteran)$chisq,
    cellType = survdiff(Surv(time, status) ~ celltype, veteran)$chisq, curve = curve(veteran),
    cox = cox(Surv(time, status) ~ trt + karno + diagtime + age + prior, veteran),
    breslow = cox(Surv(time, status) ~ trt + karno + diagtime + age + prior, veteran, "breslow"),
    strata = cox(Surv(time, status) ~ trt + karno + age + strata(celltype), veteran)),
  rossi = list(weights = weights(rossi), rmst = arms(rmst, rossi, 52), logRank = survdiff(Surv(time, status) ~ arm, rossi)$chisq, curve = curve(rossi),
    cox = cox(Surv(time, status) ~ fin + age + race + wexp + mar + paro + prio, rossi),
    breslow = cox(Surv(time, status) ~ fin + age + race + wexp + mar + paro + prio, rossi, "breslow")))

cat(toJSON(list(trial = as.list(trial),
  curves = lapply(0:2, function(k) curve(subset(trial, arm == k))),
  rmst = lapply(0:2, function(k) rmst(subset(trial, arm == k), 28)),
  pair = cox(Surv(time, status) ~ arm, two),
  tests = tests, kSample = kSample, gray = gray, models = models, public = public),
  digits = NA, auto_unbox = TRUE, na = "null", null = "null"))
