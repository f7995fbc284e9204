// Proves over the internet that an address leads to this very run of this gateway: `/health` answers a nonce with what
// only it can compute. The key lives as long as the program. On the way it is seen whether the tunnel names its clients.
import { hmacHex } from "../base/hmac.ts";

const NONCE = /^[A-Za-z0-9_-]{16,64}$/;

/** How a question arrived here. */
export interface Arrival {
  readonly forwardedFor: string | undefined;
  /** The port of this computer it came in by. */
  readonly port: number | undefined;
}

export interface HealthProof {
  /** A nonce to ask with. */
  issue(): string;
  /** What `/health?nonce=` answers beside its status; undefined for what is no nonce. */
  answer(nonce: unknown, arrival: Arrival): string | undefined;
  /** Ends a question: whether the answer was ours, and how it arrived, if it did. */
  settle(nonce: string, proof: unknown): { readonly ours: boolean; readonly arrival: Arrival | undefined };
}

export interface HealthProofDeps {
  readonly key: string;
  readonly newNonce: () => string;
}

export function createHealthProof({ key, newNonce }: HealthProofDeps): HealthProof {
  const asked = new Map<string, Arrival | undefined>();
  const prove = (nonce: string): string => hmacHex(key, `health ${nonce}`);
  return {
    issue: () => {
      const nonce = newNonce();
      asked.set(nonce, undefined);
      return nonce;
    },
    answer: (nonce, arrival) => {
      if (typeof nonce !== "string" || !NONCE.test(nonce)) return undefined;
      if (asked.has(nonce)) asked.set(nonce, arrival);
      return prove(nonce);
    },
    settle: (nonce, proof) => {
      const arrival = asked.get(nonce);
      asked.delete(nonce);
      return { ours: proof === prove(nonce), arrival };
    },
  };
}
