#!/usr/bin/env node
// The command line. Turns on the compile cache before anything else is loaded: it keeps the stripped and compiled
// sources between starts, which is most of the time a start takes.
import { enableCompileCache } from "node:module";

enableCompileCache();
// What the gateway writes holds other people's customers: it is for this user alone, whatever folder it was given.
process.umask(0o077);
const { runCli } = await import("./run-cli.ts");
await runCli(process.argv.slice(2));
