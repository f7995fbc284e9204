#!/usr/bin/env node
// The command line. Plain JavaScript, so that an older Node can say what it lacks, and so that the compile cache is on
// before the first TypeScript is loaded: it keeps the stripped and compiled sources between starts.

if (process.features.typescript) {
  // What the gateway writes holds other people's customers: it is for this user alone, whatever folder it was given.
  process.umask(0o077);
  const { keepCompiled } = await import("./keep-compiled.ts");
  keepCompiled(process.env);
  const { runCli } = await import("./run-cli.ts");
  await runCli(process.argv.slice(2));
} else {
  process.stderr.write(
    `The gateway needs Node 24; this is ${process.version}. Run it as: npm run gateway -- …\n`,
  );
  process.exitCode = 1;
}
