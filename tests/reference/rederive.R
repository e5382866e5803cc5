# Three results of the sample by R's survey and ordinal: Rscript rederive.R FOLDER, the folder being what
# `python tests/reference/rederive.py OUT FOLDER` wrote. Prints name;value lines.
suppressMessages({library(survey); library(ordinal)})
folder <- commandArgs(TRUE)[1]
say <- function(name, value) cat(sprintf("%s;%.10f\n", name, value))
shares <- read.csv(file.path(folder, "shares.csv"))
events <- svydesign(~event, data = shares, weights = ~one)
found <- svyciprop(~positive, events, method = "logit", df = degf(events))
say("share", found[[1]]); say("share low", confint(found)[1]); say("share high", confint(found)[2])
known <- subset(shares, age != "")
margins <- lapply(c("age", "year"), function(v) {
  m <- read.csv(file.path(folder, paste0(v, ".csv"))); names(m) <- c(v, "Freq"); m[[v]] <- as.character(m[[v]]); m })
known$year <- as.character(known$year)
plain <- svydesign(~event, data = known, weights = ~one)
raked <- rake(plain, list(~age, ~year), margins, control = list(maxit = 200, epsilon = 1e-10))
found <- svyciprop(~positive, raked, method = "logit", df = degf(plain))
say("raked", found[[1]]); say("raked low", confint(found)[1]); say("raked high", confint(found)[2])
d <- read.csv(file.path(folder, "items.csv"), stringsAsFactors = TRUE)
d$value <- factor(d$value, ordered = TRUE); d$target_group <- relevel(d$target_group, "residents")
fit <- clmm(value ~ item + target_group + (1 | event) + (1 | response), data = d)  # two levels: Laplace only
say("clmm youth", coef(fit)[["target_groupyouth"]])
say("clmm sd event", sqrt(as.numeric(VarCorr(fit)$event)))
