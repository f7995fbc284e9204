// A quick tunnel as services offer it, over a real ssh: each start leads here from another port, and prints its address.
// Run as a program of its own: node quick-tunnel.ts <host> <port> <ssh arguments…>.
import { spawn } from "node:child_process";
import { freePort } from "./free-port.ts";

const [host, port, ...ssh] = process.argv.slice(2);
const edge = await freePort();
const destination = ssh.pop() ?? "";
const child = spawn(
  "ssh",
  [
    ...ssh,
    "-R",
    `127.0.0.1:${edge}:${host}:${port}`,
    destination,
    `echo "your url is: http://127.0.0.1:${edge}"; exec sleep 3600`,
  ],
  { stdio: ["ignore", "inherit", "inherit"] },
);
child.once("exit", (code) => process.exit(code ?? 1));
