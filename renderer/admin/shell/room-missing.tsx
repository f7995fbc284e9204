// Shown in place of a room whose script did not come: the gateway stopped, or was replaced by a newer one.
import { Problem } from "../kit/problem.tsx";
import { SHELL } from "../texts/shell.ts";

export function RoomMissing() {
  return (
    <Problem
      cause={SHELL.broken}
      remedy={SHELL.brokenRemedy}
      action={{ label: SHELL.reload, onClick: () => location.reload() }}
    />
  );
}
