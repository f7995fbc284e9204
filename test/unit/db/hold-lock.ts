// Another process that holds a file until it is told to end or is killed.
import { openExclusive } from "../../../server/db/open-exclusive.ts";

const release = openExclusive(process.argv[2] ?? "");
process.stdout.write(release ? "held\n" : "refused\n");
if (release)
  process.stdin.once("data", () => {
    release();
    process.exit(0);
  });
