// A room, or a part of one, that comes in a script of its own; where it does not come, says so in its place.
import { type ComponentType, lazy } from "react";
import { RoomMissing } from "./room-missing.tsx";

export const lazyPart = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
  lazy(() =>
    load().then(
      (Body): { readonly default: ComponentType<Props> } => ({ default: Body }),
      () => ({ default: RoomMissing }),
    ),
  );
