// One click from the first screen into a pretend Follow Up Boss with everything set up. Held by Home, since the first screen is
// no longer the right one the moment the practice brokerage is there.
import { type SandboxCommand, sandboxSchema } from "../../../shared/console/sandbox.schema.ts";
import { goTo } from "../kit/hash-route.ts";
import { useChange } from "../kit/use-read.ts";
import { SANDBOX_TOUCH } from "../setup/use-save.ts";

export interface StartPractice {
  readonly start: () => void;
  readonly busy: boolean;
  readonly error: Error | null;
}

/** Leads to the practice room once it runs. */
export function useStartPractice(): StartPractice {
  const change = useChange(sandboxSchema, SANDBOX_TOUCH);
  const body: SandboxCommand = { action: "start", track: "A", ready: true };
  return {
    start: () =>
      change.mutate(
        { path: "/sandbox", body, timeoutMs: 60_000 },
        { onSuccess: () => goTo("/setup?rehearse=1") },
      ),
    busy: change.isPending,
    error: change.error,
  };
}
