// One live stream for the whole console, shared by whatever room listens. app.tsx provides it.
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { openStream, type StreamListener } from "./open-stream.ts";

interface Hub {
  add(listener: StreamListener): () => void;
  live(): boolean;
  /** Hears when `live` may have changed. */
  onLive(listener: () => void): () => void;
}

const StreamContext = createContext<Hub | null>(null);

function createHub(): Hub & { readonly all: Required<StreamListener> } {
  const listeners = new Set<StreamListener>();
  let live = false;
  return {
    live: () => live,
    onLive: (tell) => {
      const listener = { onOpen: tell, onCut: tell };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    all: {
      onJournal: (entries, missed) => {
        for (const listener of listeners) listener.onJournal?.(entries, missed);
      },
      onEngagements: (ids) => {
        for (const listener of listeners) listener.onEngagements?.(ids);
      },
      onOpen: () => {
        live = true;
        for (const listener of listeners) listener.onOpen?.();
      },
      onCut: () => {
        live = false;
        for (const listener of listeners) listener.onCut?.();
      },
    },
  };
}

export function StreamProvider({ children }: { readonly children: ReactNode }) {
  const [hub] = useState(createHub);
  useEffect(() => openStream("/api/stream", hub.all), [hub]);
  return <StreamContext value={hub}>{children}</StreamContext>;
}

/** The listener may change with every render; the newest one hears. */
export function useStream(listener: StreamListener): void {
  const hub = useContext(StreamContext);
  const newest = useRef(listener);
  useEffect(() => {
    newest.current = listener;
  });
  useEffect(
    () =>
      hub?.add({
        onJournal: (entries, missed) => newest.current.onJournal?.(entries, missed),
        onEngagements: (ids) => newest.current.onEngagements?.(ids),
        onOpen: () => newest.current.onOpen?.(),
        onCut: () => newest.current.onCut?.(),
      }),
    [hub],
  );
}

const never = (): (() => void) => () => {};

/** Whether what happens now arrives here. */
export function useStreamLive(): boolean {
  const hub = useContext(StreamContext);
  return useSyncExternalStore(hub?.onLive ?? never, () => hub?.live() ?? false);
}
