// The verb Redirect: on with another document. Carried out by follow-orders.
import { textOf } from "../twiml/parse-xml.ts";
import { methodAttribute } from "../twiml/read-attributes.ts";
import { askAction, type CarryOut } from "./scene.ts";

export const redirect: CarryOut = async (scene, element) =>
  askAction(scene, textOf(element).trim() || undefined, methodAttribute(element, "method"), {});
