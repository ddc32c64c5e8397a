# A sweep from R by the command, and its results by DBI and RSQLite.
#   Rscript examples/sweep.R SWEEP.yaml OUT.db [OPTIONS of placecast sweep]
# PLACECAST names the program (default placecast).
arguments <- commandArgs(trailingOnly = TRUE)
program <- Sys.getenv("PLACECAST", "placecast")

status <- system2(program, c("sweep", shQuote(arguments[1]), "--out", shQuote(arguments[2]), "--quiet", arguments[-(1:2)]))
if (status != 0) quit(status = status)

database <- DBI::dbConnect(RSQLite::SQLite(), arguments[2], flags = RSQLite::SQLITE_RO)
children <- DBI::dbGetQuery(database, "
  SELECT runs.*, date, mean, p10, p90 FROM runs JOIN results USING (run)
  WHERE measure = 'children' AND category = 'all' ORDER BY run, date")
DBI::dbDisconnect(database)
cat(length(unique(children$run)), "runs,", nrow(children), "figures of all children\n")
print(aggregate(mean ~ date, children, function(x) round(mean(x), 1)))
