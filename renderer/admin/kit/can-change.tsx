// Whether this window may change anything (a support link may not), and the button that minds it.
import { Button, type ButtonProps, Tooltip } from "@mantine/core";
import { createContext, type ReactNode, useContext } from "react";
import { KIT } from "../texts/kit.ts";

export const CanChangeContext = createContext(true);

export const useCanChange = (): boolean => useContext(CanChangeContext);

/** A button that changes something at the gateway: off, with the reason, in a read-only window. */
export function ChangeButton({
  children,
  onClick,
  ...rest
}: ButtonProps & {
  readonly children: ReactNode;
  /** Left out: it sends its form off, as Enter in a field does. */
  readonly onClick?: () => void;
}) {
  const can = useCanChange();
  if (can) {
    return (
      <Button {...rest} {...(onClick === undefined ? { type: "submit" } : { onClick })}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={KIT.readOnly}>
      <Button {...rest} aria-disabled="true" data-disabled>
        {children}
      </Button>
    </Tooltip>
  );
}
