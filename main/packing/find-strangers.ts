// What of the building machine must not get into a package: its paths, and the secrets in its environment.
import { homedir } from "node:os";

const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSPHRASE|(?:^|_)KEY(?:$|_)|CREDENTIAL/i;
/** Shorter ones are words that stand in any text. */
const SHORTEST = 12;

export function findStrangers(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  const secrets = Object.entries(environment).flatMap(([name, value]) =>
    SECRET_NAME.test(name) && value !== undefined ? [value] : [],
  );
  return [root, homedir(), ...secrets].filter((text) => text.length >= SHORTEST || text === root);
}
