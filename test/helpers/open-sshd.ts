// A real OpenSSH server on this computer for one test: keys and port of its own, nothing of the user's is read.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { waitFor } from "./embed-client.ts";
import { freePort } from "./free-port.ts";

export interface Sshd {
  /** Arguments after `ssh` that log in, without asking anything. */
  readonly login: readonly string[];
  /** Where the user's name and host are named last. */
  readonly destination: string;
  close(): void;
}

const SERVER = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/local/bin/sshd"].find((path) =>
  existsSync(path),
);

/** Why there is none; undefined where there is one. */
export const noSshd = (): string | undefined =>
  SERVER === undefined
    ? "no sshd on this computer (openssh-server): tunnels through ssh were not tried"
    : undefined;

export async function openSshd(): Promise<Sshd> {
  if (SERVER === undefined) throw new Error("no sshd");
  const dir = mkdtempSync(join(tmpdir(), "gateway-sshd-"));
  const port = await freePort();
  for (const name of ["host", "client"])
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(dir, name)]);
  // Where sshd of a package goes when it gives up rights.
  if (userInfo().uid === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const config = join(dir, "sshd_config");
  writeFileSync(
    config,
    [
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${join(dir, "host")}`,
      `AuthorizedKeysFile ${join(dir, "client.pub")}`,
      "PidFile none",
      "StrictModes no",
      "UsePAM no",
      "PasswordAuthentication no",
      "PermitRootLogin prohibit-password",
      "AllowTcpForwarding yes",
    ].join("\n"),
  );
  const server = spawn(SERVER, ["-D", "-e", "-f", config], { stdio: ["ignore", "ignore", "pipe"] });
  await listening(server);
  return {
    login: [
      "-F",
      "none",
      "-p",
      String(port),
      "-i",
      join(dir, "client"),
      ...options("StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "BatchMode=yes"),
      ...options("ExitOnForwardFailure=yes", "LogLevel=ERROR"),
    ],
    destination: `${userInfo().username}@127.0.0.1`,
    close: () => {
      server.kill("SIGKILL");
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const options = (...given: string[]): string[] => given.flatMap((option) => ["-o", option]);

async function listening(server: ChildProcess): Promise<void> {
  let said = "";
  server.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  await waitFor("sshd", () => {
    if (server.exitCode !== null) throw new Error(`sshd ended: ${said}`);
    return said.includes("Server listening") ? true : undefined;
  });
}
