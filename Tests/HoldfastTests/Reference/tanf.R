# The figures of TANFTests, from R's survival.
#
#     HOLDFAST_DATASETS=... Rscript tanf.R
#
# Made with R 4.2.2 and survival 3.5-3. The data are no part of the project.
# A window of 60 days ends where the sixtieth does: day 0 to day 59.
library(survival)
folder <- Sys.getenv("HOLDFAST_DATASETS")
d <- read.csv(gzfile(file.path(folder, "tanf", "tanf.csv.gz")), stringsAsFactors = FALSE)
sent <- as.Date(d$letter_sent_date)
date <- as.Date(ifelse(d$success == 1, d$date_of_recert, NA))
cat("cases", nrow(d), "successes", sum(d$success), "without a date", sum(d$success == 1 & is.na(date)),
    "before the letter", sum(date < sent, na.rm = TRUE), "\n")
keep <- !(d$success == 1 & is.na(date)) & !(date < sent & !is.na(date))
d <- d[keep, ]; sent <- sent[keep]; date <- date[keep]
days <- as.numeric(date - sent)
arms <- c("no_letter", "open_appt", "specific_appt")
print(table(d$condition))
f <- function(x) formatC(x, digits = 12, format = "g")
for (arm in arms[2:3]) {
  pick <- d$condition %in% c(arms[1], arm)
  g <- as.numeric(d$condition[pick] == arm); t <- days[pick]
  for (day in c(7, 14, 28, 60)) {
    e <- as.numeric(!is.na(t) & t < day); time <- ifelse(e == 1, t, day)
    x1 <- sum(e[g == 1]); n1 <- sum(g == 1); x0 <- sum(e[g == 0]); n0 <- sum(g == 0)
    lr <- survdiff(Surv(time, e) ~ g)$chisq
    cx <- coxph(Surv(time, e) ~ g)
    z <- log((x1 / n1) / (x0 / n0)) / sqrt(1/x1 - 1/n1 + 1/x0 - 1/n0)
    cat(arm, "day", day, x1, n1, x0, n0, "lift", f(x1 / n1 / (x0 / n0) - 1),
        "p", f(2 * pnorm(-abs(z))), "logrank", f(lr), "HR", f(exp(coef(cx))),
        "of successes by day 60", f(x1 / sum(t[g == 1] < 60, na.rm = TRUE)),
        f(x0 / sum(t[g == 0] < 60, na.rm = TRUE)), "\n")
  }
  e <- as.numeric(!is.na(t) & t < 60); time <- ifelse(e == 1, t, 60)
  cx <- coxph(Surv(time, e) ~ g)
  cat(arm, "zph km", f(cox.zph(cx, transform = "km")$table[1, "chisq"]), "\n")
  s <- summary(survfit(Surv(time, e) ~ g), rmean = 60, times = 60)
  cat(arm, "rmst", f(s$table[, "rmean"]), f(s$table[, "se(rmean)"]), "\n")
}
# As of 20 October 2017 the last letters were a week old: who has not recertified yet may still do.
asof <- as.Date("2017-10-20")
for (arm in arms) {
  pick <- d$condition == arm
  follow <- as.numeric(asof - sent[pick]); t <- days[pick]
  e <- as.numeric(!is.na(t) & t <= follow & t < 60); time <- ifelse(e == 1, t, pmin(follow, 60))
  fit <- summary(survfit(Surv(time, e) ~ 1), times = 60, extend = TRUE)
  cat("as of", arm, "n", sum(pick), "not yet = failure", f(mean(e)),
      "Kaplan-Meier day 60", f(1 - fit$surv), "se", f(fit$std.err),
      "known later", f(mean(!is.na(t) & t < 60)), "\n")
}
follow <- as.numeric(asof - sent); e <- as.numeric(!is.na(days) & days <= follow & days < 60)
time <- ifelse(e == 1, days, pmin(follow, 60))
for (arm in arms[2:3]) {
  pick <- d$condition %in% c(arms[1], arm)
  cat("as of log-rank", arm, f(survdiff(Surv(time, e) ~ condition, data = d, subset = pick)$chisq), "\n")
}
