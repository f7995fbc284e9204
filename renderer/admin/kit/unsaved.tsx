// Unsaved changes are never lost silently: leaving asks first, closing the window too, and a bar offers to save.
import { Button, Modal } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { KIT } from "../texts/kit.ts";
import { useCanChange } from "./can-change.tsx";

const words = KIT.unsaved;
const pathOf = (hash: string): string => (hash.replace(/^#/, "") || "/").split("?")[0] ?? "/";

/** Render it in the form. `within`: screens below this path keep the form ("/agents"). */
export function UnsavedGuard({ dirty, within }: { readonly dirty: boolean; readonly within?: string }) {
  const [target, setTarget] = useState<string | null>(null);
  const at = useRef(location.hash);
  useEffect(() => {
    at.current = location.hash;
    if (!dirty) return;
    const leaves = (next: string): boolean => {
      const path = pathOf(next);
      const stays = within !== undefined && (path === within || path.startsWith(`${within}/`));
      return path !== pathOf(at.current) && !stays;
    };
    // Where the browser asks before it goes, nothing has to be taken back; elsewhere it has gone already.
    const onNavigate = (event: NavigateEvent): void => {
      const next = new URL(event.destination.url).hash;
      if (!event.hashChange || !event.cancelable || !leaves(next)) return;
      event.preventDefault();
      setTarget(next);
    };
    const onHash = (event: HashChangeEvent): void => {
      const next = location.hash;
      if (!leaves(next)) {
        at.current = next;
        return;
      }
      // Before anybody else hears of it: back to where the form is, and ask.
      event.stopImmediatePropagation();
      history.pushState(null, "", at.current || "#/");
      setTarget(next);
    };
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    const asked = "navigation" in window ? window.navigation : null;
    asked?.addEventListener("navigate", onNavigate);
    addEventListener("hashchange", onHash, { capture: true });
    addEventListener("beforeunload", onUnload);
    return () => {
      asked?.removeEventListener("navigate", onNavigate);
      removeEventListener("hashchange", onHash, { capture: true });
      removeEventListener("beforeunload", onUnload);
    };
  }, [dirty, within]);
  const leave = (): void => {
    const to = target;
    setTarget(null);
    at.current = to ?? "";
    location.hash = to ?? "";
  };
  return (
    <Modal opened={target !== null} onClose={() => setTarget(null)} title={words.title}>
      <p>{words.text}</p>
      <div className="modal-actions">
        <Button variant="default" onClick={leave}>
          {words.leave}
        </Button>
        <Button data-autofocus onClick={() => setTarget(null)}>
          {words.stay}
        </Button>
      </div>
    </Modal>
  );
}

/** Stands at the foot of a form while it has changes. */
export function SaveBar(props: {
  /** How many changes; nothing is shown for 0. */
  readonly changes: number;
  readonly saving: boolean;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
  /** Why it cannot be saved yet. */
  readonly problem?: string | null;
}) {
  const can = useCanChange();
  if (props.changes === 0) return null;
  return (
    <section className="save-bar" aria-label={words.title}>
      <span role="status">{words.bar(words.change(props.changes))}</span>
      {props.problem ? <span className="tone-bad">{props.problem}</span> : null}
      <span className="grow" />
      <Button variant="default" onClick={props.onDiscard} disabled={props.saving}>
        {words.discard}
      </Button>
      <Button onClick={props.onSave} loading={props.saving} disabled={!can || Boolean(props.problem)}>
        {words.save}
      </Button>
    </section>
  );
}
