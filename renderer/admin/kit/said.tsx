// A sentence of the server's, with the raw times in it said by the viewer's clock: "…; it waits until 8:00 am tomorrow".
import { sayMomentsIn } from "../../ui/say-moment.ts";
import { useNow } from "./when.tsx";

export function Said({ children }: { readonly children: string }) {
  const now = useNow();
  return <>{sayMomentsIn(children, now)}</>;
}
