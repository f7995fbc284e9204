// Which command, with which options; what failed, as one plain sentence and an exit code.
import { parseArgs } from "node:util";
import { CLI_OPTIONS, type CliFlags } from "./cli-options.ts";
import { applyCommand } from "./commands/apply.ts";
import { backupCommand } from "./commands/backup.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { journalCommand } from "./commands/journal.ts";
import { restoreCommand } from "./commands/restore.ts";
import { serveCommand } from "./commands/serve.ts";
import { sayFailure } from "./say-failure.ts";

const USAGE = `Usage: aventora-gateway <command> [options]

  serve                 run the gateway without a window
  apply <setup.json>    provision tenants, users and keys; repeating it changes nothing
  doctor                check settings, keys and Follow Up Boss
  journal               read what happened (--tenant --person --engagement --severity --event --channel --outcome --search
                        --since <time> --until <time> --before <number of an entry> --limit <n> --follow --json)
  backup <file>         everything in one file, sealed with a passphrase (--without-secrets; --move to go on elsewhere)
  restore <file>        go on from a backup; --undo [--point <name>] goes back to what was there before
  bench [name…]         measure (--json for one object per line)
  service <command>     run by the computer itself, without anybody signed in: install, print, status, uninstall
                        (--for systemd|launchd|windows --user --run-as <user> --dry-run --force)

Options for all: --data-dir <folder> --port <n> --admin-port <n> --host <address> --vault-key-file <file>
`;

/** Ends the process with code 1 after a sentence on stderr when the command cannot be done, 2 for a wrong call. */
export async function runCli(argv: readonly string[]): Promise<void> {
  // A reader that has seen enough (`… | head`) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  const call = readCall(argv);
  if (call === undefined) return;
  try {
    await run(call.command, call.flags, call.rest);
  } catch (error) {
    sayFailure(error);
  }
}

async function run(command: string, flags: CliFlags, rest: readonly string[]): Promise<void> {
  if (command === "serve") return serveCommand(flags);
  if (command === "apply") return applyCommand(flags, rest);
  if (command === "doctor") return doctorCommand(flags);
  if (command === "journal") return journalCommand(flags);
  if (command === "service") return (await import("./commands/service.ts")).serviceCommand(flags, rest);
  if (command === "backup") return backupCommand(flags, rest);
  if (command === "restore") return restoreCommand(flags, rest);
  if (command === "bench") return (await import("./bench/bench.ts")).benchCommand(flags, rest);
  process.stderr.write(`There is no command “${command}”.\n\n${USAGE}`);
  process.exitCode = 2;
}

function readCall(argv: readonly string[]): { command: string; flags: CliFlags; rest: string[] } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: CLI_OPTIONS,
      allowPositionals: true,
    });
    const [command, ...rest] = positionals;
    if (command !== undefined && !values.help) return { command, flags: values, rest };
    process.stdout.write(USAGE);
    process.exitCode = values.help ? 0 : 2;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 2;
  }
  return undefined;
}
