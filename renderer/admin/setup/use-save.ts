// Saves settings with the revision they were read at, and knows what to do when somebody else saved meanwhile.
import { useCallback, useState } from "react";
import { z } from "zod";
import { type SavedSettings, savedSettingsSchema } from "../../../shared/console/settings.schema.ts";
import { ApiError } from "../kit/api.ts";
import { type Changed, conflictOf } from "../kit/save-conflict.tsx";
import { useChange } from "../kit/use-read.ts";

/** What is read again after any change of the settings. */
export const SETTINGS_TOUCH = [
  "/settings",
  "/tunnel",
  "/tenants",
  "/status",
  "/home",
  "/problems",
  "/webhook-slots",
];

/** Starting and stopping the practice sandbox brings and takes a brokerage. */
export const SANDBOX_TOUCH = [...SETTINGS_TOUCH, "/sandbox"];

export interface Saving {
  save(setup: unknown, revision: string | null, onDone?: (saved: SavedSettings) => void): void;
  readonly busy: boolean;
  /** Why it failed, unless somebody else saved meanwhile. */
  readonly error: Error | null;
  /** What somebody else changed meanwhile; null while nothing stands in the way. */
  readonly conflict: readonly Changed[] | null;
  /** Saves mine over theirs. */
  keepMine(): void;
  /** Forgets the failure or the conflict. */
  forget(): void;
}

interface Attempt {
  readonly setup: unknown;
  readonly onDone: ((saved: SavedSettings) => void) | undefined;
}
const newRevision = z.object({ revision: z.string() });

export function useSave(): Saving {
  const change = useChange(savedSettingsSchema, SETTINGS_TOUCH);
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const { mutate, reset, error } = change;
  const send = useCallback(
    (next: Attempt, revision: string | null) => {
      setAttempt(next);
      mutate(
        { path: "/settings", body: { revision, setup: next.setup } },
        { onSuccess: (saved) => next.onDone?.(saved) },
      );
    },
    [mutate],
  );
  const conflict = conflictOf(error);
  return {
    save: (setup, revision, onDone) => send({ setup, onDone }, revision),
    busy: change.isPending,
    error: conflict === null ? error : null,
    conflict,
    keepMine: () => {
      const now = error instanceof ApiError ? newRevision.safeParse(error.details).data?.revision : undefined;
      if (attempt !== null) send(attempt, now ?? null);
    },
    forget: reset,
  };
}
