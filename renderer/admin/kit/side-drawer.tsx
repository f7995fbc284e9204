// One thing in full at the side of the room. Closing goes back to where it was opened from.
import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import { KIT } from "../texts/kit.ts";

export function SideDrawer({
  opened,
  title,
  onClose,
  wide = false,
  children,
}: {
  readonly opened: boolean;
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={wide ? 760 : 560}
      title={title}
      closeButtonProps={{ "aria-label": KIT.close }}
      overlayProps={{ backgroundOpacity: 0.28 }}
      transitionProps={{ duration: 120 }}
      classNames={{ content: "side", header: "side-head", title: "side-title", body: "side-body" }}
    >
      <div className="stack-lg">{children}</div>
    </Drawer>
  );
}
