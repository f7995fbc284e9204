// The integrators' API as an OpenAPI 3.1 document, made from the schemas the routes parse with, so it cannot drift.
import { z } from "zod";
import { engagementSchema } from "../../shared/engagement.schema.ts";
import {
  connectionResultSchema,
  directStartSchema,
  errorBodySchema,
  integrationStartSchema,
  startedSchema,
  startFromPersonSchema,
  testConnectionSchema,
} from "../../shared/integration.schema.ts";
import { BULK_SCHEMAS, describeBulk } from "./describe-bulk.ts";

const SCHEMAS = {
  StartFromPerson: startFromPersonSchema,
  IntegrationStart: integrationStartSchema,
  DirectStart: directStartSchema,
  Started: startedSchema,
  Engagement: engagementSchema,
  TestConnection: testConnectionSchema,
  ConnectionResult: connectionResultSchema,
  ...BULK_SCHEMAS,
  Error: errorBodySchema,
} as const;
type SchemaName = keyof typeof SCHEMAS;

const reference = (name: SchemaName) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: SchemaName) => ({ "application/json": { schema: reference(name) } });
const ERRORS = Object.fromEntries(
  [
    ["400", "The body is not valid; the message names the field."],
    ["401", "The key was not accepted."],
    ["403", "The key belongs to another brokerage."],
    ["404", "No such brokerage, person or outreach."],
    ["409", "The Idempotency-Key was used for another request, or the state does not allow it."],
    ["413", "The body is too large."],
    ["415", "The body is not JSON, or not a CSV where one is asked for."],
    ["422", "A contact rule refused the outreach; the code names the rule."],
    ["429", "Too many requests; see Retry-After."],
    ["502", "Follow Up Boss or the channel's provider refused."],
    ["503", "Follow Up Boss or the channel's provider cannot be reached."],
  ].map(([status, description]) => [status, { description, content: json("Error") }]),
);

const IDEMPOTENCY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "A repeated request with the same key is the same start.",
  schema: { type: "string", maxLength: 200 },
};
const ID = { name: "id", in: "path", required: true, schema: { type: "string" } };

function start(operationId: string, summary: string, body: SchemaName) {
  return {
    post: {
      operationId,
      summary,
      parameters: [IDEMPOTENCY],
      requestBody: { required: true, content: json(body) },
      responses: {
        "202": { description: "Accepted; it is on its way.", content: json("Started") },
        ...ERRORS,
      },
    },
  };
}

function control(name: string) {
  return {
    post: {
      operationId: `${name}Engagement`,
      summary: `${name} an outreach`,
      parameters: [ID],
      responses: { "200": { description: "How it stands now.", content: json("Engagement") }, ...ERRORS },
    },
  };
}

export function describeApi(version: string): Readonly<Record<string, unknown>> {
  return {
    openapi: "3.1.0",
    info: {
      title: "Aventora Gateway for Follow Up Boss: API for integrators",
      version,
      description:
        "Starts outreach for a brokerage and tells how it stands. Keys belong to one brokerage each. A field that is null counts as left out.",
    },
    security: [{ callManagementKey: [] }],
    paths: {
      "/integration/followupboss/start-from-person": start(
        "startFromPerson",
        "Start by Follow Up Boss person",
        "StartFromPerson",
      ),
      "/integration/start": start("startIntegration", "Start by number or address", "IntegrationStart"),
      "/start": start("startDirect", "Start directly; needs no key from this computer", "DirectStart"),
      "/integration/engagements/{id}": {
        get: {
          operationId: "readEngagement",
          summary: "How an outreach stands",
          parameters: [ID],
          responses: { "200": { description: "The outreach.", content: json("Engagement") }, ...ERRORS },
        },
      },
      "/integration/engagements/{id}/pause": control("pause"),
      "/integration/engagements/{id}/resume": control("resume"),
      "/integration/engagements/{id}/cancel": control("cancel"),
      "/account-settings/test-crm-connection": {
        post: {
          operationId: "testCrmConnection",
          summary: "Does a Follow Up Boss key work?",
          requestBody: { required: true, content: json("TestConnection") },
          responses: {
            "200": {
              description: "Whether it works, and whose key it is.",
              content: json("ConnectionResult"),
            },
            ...ERRORS,
          },
        },
      },
      ...describeBulk(IDEMPOTENCY, ID, ERRORS),
    },
    components: {
      securitySchemes: {
        callManagementKey: {
          type: "http",
          scheme: "bearer",
          description: "The brokerage's call_management_api_key.",
        },
      },
      schemas: Object.fromEntries(
        Object.entries(SCHEMAS).map(([name, schema]) => [name, toJsonSchema(schema)]),
      ),
    },
  };
}

function toJsonSchema(schema: z.ZodType): unknown {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}
