// The passphrase of a backup: from the environment, or typed without being shown. Never an argument: those are seen by every
// program on the machine and stay in the shell's history.
import { GatewayError } from "../server/index.ts";

const VARIABLE = "GATEWAY_BACKUP_PASSPHRASE";

/** `repeat`: typed twice, so that a slip of the finger is not the key to everything. @throws GatewayError invalid_request. */
export async function readPassphrase(repeat: boolean): Promise<string> {
  const given = process.env[VARIABLE];
  if (given) return given;
  if (!process.stdin.isTTY)
    throw new GatewayError("invalid_request", {
      sentence: `There is no terminal to ask for the passphrase. Set ${VARIABLE}.`,
    });
  const typed = await ask("Passphrase of the backup: ");
  if (repeat && (await ask("The same again: ")) !== typed)
    throw new GatewayError("invalid_request", { sentence: "The two passphrases are not the same." });
  return typed;
}

/** What a terminal sends for these keys once it does not edit lines itself. */
const ENTER = new Set(["\r", "\n", "\u0004"]);
const ERASE = new Set(["\u007f", "\b"]);
const INTERRUPT = "\u0003";

function ask(question: string): Promise<string> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stdin.resume();
  return new Promise((resolve, reject) => {
    let text = "";
    const end = (then: () => void): void => {
      stdin.off("data", take);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
      then();
    };
    const takeSign = (sign: string): void => {
      if (ENTER.has(sign)) end(() => resolve(text));
      else if (sign === INTERRUPT) end(() => reject(canceled()));
      else if (ERASE.has(sign)) text = [...text].slice(0, -1).join("");
      else text += sign;
    };
    const take = (typed: string): void => {
      for (const sign of typed) takeSign(sign);
    };
    stdin.on("data", take);
  });
}

const canceled = (): GatewayError =>
  new GatewayError("invalid_request", { sentence: "Canceled. Nothing was changed." });
