// Twilio's OpenAPI as a judge of the pretend Twilio's answers: every field it lists is there, none besides, each as it says.
// TWILIO_OPENAPI names the file; without it nothing is judged, and that is said.
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect } from "vitest";
import type { Answer } from "../unit/sandbox/open-sandbox.ts";

export interface OpenApiSchema {
  readonly [key: string]: unknown;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly items?: OpenApiSchema;
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: OpenApiSchema }>>;
}
export interface OpenApiOperation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: OpenApiSchema;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, OpenApiSchema>> };
}

const file = process.env.TWILIO_OPENAPI ?? "";
export const twilioOpenApi: OpenApi | undefined =
  file === "" ? undefined : (JSON.parse(readFileSync(file, "utf8")) as OpenApi);
if (!twilioOpenApi)
  process.stderr.write(
    "Not checked against Twilio's OpenAPI: answers of server/sandbox/twilio (set TWILIO_OPENAPI to the file).\n",
  );

const ajv = new Ajv({ strict: false, allErrors: true, formats: formats() });
const compiled = new Map<OpenApiSchema, ReturnType<typeof ajv.compile>>();

/** `path` below the account, as openTwilioSandbox's call takes it. Errors have a shape of their own. */
export function checkTwilioAnswer(method: string, path: string, { status, body }: Answer): void {
  if (status >= 400) {
    expect(body).toEqual({
      ...{ code: expect.any(Number), message: expect.any(String), status },
      more_info: `https://www.twilio.com/docs/errors/${body.code}`,
    });
    return;
  }
  if (!twilioOpenApi) return;
  const operation = operationOf(method, path);
  const response = operation?.responses[status];
  if (!response) throw new Error(`${method} ${path} ${status} is no answer Twilio's file has`);
  const schema = response.content?.["application/json"]?.schema;
  if (!schema) return;
  const validate = compiled.get(schema) ?? ajv.compile(closed(schema));
  compiled.set(schema, validate);
  expect([`${method} ${path}`, validate(body) ? null : validate.errors]).toEqual([`${method} ${path}`, null]);
}

export function operationOf(method: string, path: string): OpenApiOperation | undefined {
  const asked = `/2010-04-01/Accounts/{}${path}`.replace(/[A-Z]{2}[0-9a-f]{32}|\{\w*\}/g, "{}");
  const found = Object.entries(twilioOpenApi?.paths ?? {}).find(
    ([template]) => template.replace(/\{\w+\}/g, "{}") === asked,
  );
  return found?.[1][method.toLowerCase()];
}

/** The schema with its references put in, every field demanded and none besides allowed. */
function closed(schema: OpenApiSchema): OpenApiSchema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace("#/components/schemas/", "");
    return closed(twilioOpenApi?.components.schemas[name] ?? {});
  }
  const names = Object.keys(schema.properties ?? {});
  const { nullable, ...rest } = schema;
  return {
    ...rest,
    // A field of any type is nullable anyway, and the judge takes the word only beside a type.
    ...(schema.type !== undefined && { nullable }),
    ...(schema.items && { items: closed(schema.items) }),
    ...(schema.properties && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, value]) => [name, closed(value)]),
      ),
      required: names,
      additionalProperties: false,
    }),
  };
}

function formats(): Record<string, RegExp | ((value: unknown) => boolean)> {
  const isAddress = (value: unknown): boolean =>
    typeof value === "string" && (value === "" || URL.canParse(value, "https://api.twilio.com"));
  return {
    "date-time-rfc-2822": /^(Sun|Mon|Tue|Wed|Thu|Fri|Sat), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/,
    "phone-number": /^(whatsapp:)?\+[1-9]\d{6,14}$/,
    currency: /^[A-Z]{3}$/,
    "http-method": /^(GET|POST)$/,
    uri: isAddress,
    "uri-map": () => true,
    "phone-number-capabilities": () => true,
  };
}
