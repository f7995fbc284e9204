// Short notices at the corner: done, failed, and "removed, undo" with the button that takes it back.
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { KIT } from "../texts/kit.ts";

const MOST_UNDO_MS = 10 * 60_000;

export function noticeDone(message: string): void {
  notifications.show({ message, color: "teal", autoClose: 4000, withBorder: true });
}

export function noticeFailed(error: Error): void {
  notifications.show({ message: error.message, color: "red", autoClose: 10_000, withBorder: true });
}

/** Stays until `until` (ISO 8601). `undo` does the taking back; a failure of it is said here. */
export function noticeUndo(message: string, until: string, undo: () => Promise<unknown>): void {
  const left = Math.min(MOST_UNDO_MS, Math.max(5000, Date.parse(until) - Date.now()));
  const act = (): void => {
    notifications.hide(id);
    undo().then(
      () => noticeDone(KIT.undo.done),
      (error: Error) => noticeFailed(error),
    );
  };
  const id = notifications.show({
    withBorder: true,
    autoClose: left,
    message: (
      <span className="undo-line">
        <span dir="auto">{message}</span>
        <Button size="compact-sm" variant="default" onClick={act}>
          {KIT.undo.undo}
        </Button>
      </span>
    ),
  });
}
