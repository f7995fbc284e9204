// The guide of a brokerage, read again when something happened that may prove a step, and every few seconds meanwhile.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { type Guide, guideSchema } from "../../../shared/console/guide.schema.ts";
import { useStream } from "../kit/stream.tsx";
import { useChange, useRead } from "../kit/use-read.ts";

const OPEN_MS = 4000;
const CLOSED_MS = 20_000;
const SETTLE_MS = 500;

const pathOf = (slug: string): string => `/tenants/${encodeURIComponent(slug)}/guide`;

/** `watching`: a step is open, somebody waits for its proof. */
export function useGuide(slug: string, watching: boolean) {
  const path = pathOf(slug);
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const again = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: [path] });
    }, SETTLE_MS);
  };
  useStream({
    onJournal: (entries) => {
      if (entries.some(({ tenant }) => tenant === slug || tenant === null)) again();
    },
    onEngagements: again,
    onOpen: again,
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return useRead(path, guideSchema, { everyMs: watching ? OPEN_MS : CLOSED_MS });
}

/** Ticks a step that cannot be observed; the answer is the guide anew. */
export function useTick(slug: string) {
  const client = useQueryClient();
  const change = useChange(guideSchema);
  return {
    busy: change.isPending,
    error: change.error,
    tick: (step: string, userId: string | null, done: boolean): void =>
      change.mutate(
        {
          path: `${pathOf(slug)}/${encodeURIComponent(step)}`,
          method: "PUT",
          body: { done, ...(userId === null ? {} : { user_id: userId }) },
        },
        { onSuccess: (guide: Guide) => client.setQueryData([pathOf(slug)], guide) },
      ),
  };
}
