// Faults on demand: which request is to go wrong, and how. Asked by the door of the pretend Follow Up Boss.

export type FaultKind =
  | "429"
  | "status"
  | "timeout-after-storing"
  | "timeout-before"
  | "reset"
  | "html"
  | "delay";

export interface Fault {
  method?: string;
  /** Prefix of the path below /v1 (`/notes`), or an expression it must match. */
  path?: string | RegExp;
  /** How many requests it hits before it is used up. */
  times: number;
  kind: FaultKind;
  /** For `status` (default 500) and `html` (default 502). */
  status?: number;
  /** For `429`, in seconds (default 1). */
  retryAfter?: number;
  /** Waits so long (real time) before anything is answered. */
  delayMs?: number;
}

export interface Faults {
  add(fault: Fault): void;
  /** The first fault that fits, its count lowered by one. */
  take(method: string, path: string): Fault | undefined;
  /** Those not used up yet. */
  list(): readonly Fault[];
  clear(): void;
}

export function createFaults(): Faults {
  let waiting: Fault[] = [];
  return {
    add: (fault) => {
      waiting.push({ ...fault });
    },
    take(method, path) {
      const hit = waiting.find((fault) => fault.times > 0 && fits(fault, method, path));
      if (!hit) return undefined;
      hit.times -= 1;
      waiting = waiting.filter((fault) => fault.times > 0);
      return hit;
    },
    list: () => waiting,
    clear: () => {
      waiting = [];
    },
  };
}

function fits(fault: Fault, method: string, path: string): boolean {
  if (fault.method && fault.method.toUpperCase() !== method) return false;
  if (fault.path === undefined) return true;
  return typeof fault.path === "string" ? path.startsWith(fault.path) : fault.path.test(path);
}
