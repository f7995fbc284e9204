// Puts a time limit on each question to the keychain and stops asking while one is unanswered. A locked keychain may
// wait for a person's password for minutes, each waiting question holding one of the process's four worker threads.
// Called by open-vault around whatever keychain it was given.
import type { Clock } from "../base/clock.ts";
import { KeychainError, type KeychainPort } from "./keychain.ts";

/** Longest wait for one answer of the keychain, in ms. */
export const KEYCHAIN_LIMIT_MS = 5000;

const SILENT = "The keychain does not answer; it may be locked and waiting for its password.";

/** `limitMs` per operation; past it the operation fails, and so does every other until the late answer is in. */
export function limitKeychain(port: KeychainPort, clock: Clock, limitMs: number): KeychainPort {
  let unanswered = 0;
  const limited = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (unanswered > 0) throw new KeychainError("failed", SILENT);
    const answered = new AbortController();
    const answer = ask();
    const late = clock.sleep(limitMs, answered.signal).then((): never => {
      throw new KeychainError("failed", SILENT);
    });
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      if (error instanceof KeychainError && error.message === SILENT) countUntilAnswered(answer);
      throw error;
    } finally {
      answered.abort();
      late.catch(() => undefined);
    }
  };
  const countUntilAnswered = (answer: Promise<unknown>): void => {
    unanswered++;
    const done = () => void unanswered--;
    answer.then(done, done);
  };
  return {
    get: (account) => limited(() => port.get(account)),
    set: (account, secret) => limited(() => port.set(account, secret)),
    delete: (account) => limited(() => port.delete(account)),
  };
}
