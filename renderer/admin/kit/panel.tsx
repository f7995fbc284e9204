// A titled part of a room, and the head of a room.
import type { ReactNode } from "react";
import { useId } from "react";

/** A card with a heading; a region for the ear. `aside` stands at the end of the heading's line. */
export function Panel({
  title,
  aside,
  flush = false,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  /** Without padding, for tables and lists. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      <div className={flush ? "panel-flush" : "panel-body"}>{children}</div>
    </section>
  );
}

/** Name of the room, one line about it, and what can be done in it. */
export function RoomHead({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <header className="room-head">
      <div>
        <h1 id="room-title" tabIndex={-1}>
          {title}
        </h1>
        {note === undefined ? null : <p className="quiet">{note}</p>}
      </div>
      {children === undefined ? null : <div className="room-actions">{children}</div>}
    </header>
  );
}
