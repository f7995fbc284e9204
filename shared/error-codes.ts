// Every error code the product may show, with its HTTP status and the sentence a person reads.
// A code's wording is changed here and nowhere else.

interface ErrorEntry {
  readonly status: number;
  readonly sentence: string;
}

const define = <const T extends Record<string, ErrorEntry>>(table: T): T => table;

/** code → status for API callers and default sentence. Codes are contracts; sentences may be reworded. */
export const ERROR_CODES = define({
  // requests
  invalid_request: { status: 400, sentence: "The request is not valid." },
  malformed_json: { status: 400, sentence: "The body is not valid JSON." },
  unsupported_media_type: { status: 415, sentence: "Send the body as application/json." },
  payload_too_large: { status: 413, sentence: "The body is larger than this route accepts." },
  not_found: { status: 404, sentence: "There is nothing at this address." },
  method_not_allowed: { status: 405, sentence: "This address does not answer to this method." },
  rate_limited: { status: 429, sentence: "Too many requests. Wait a moment and try again." },
  unauthorized: { status: 401, sentence: "The key or signature was not accepted." },
  forbidden: { status: 403, sentence: "This key may not do that." },
  session_expired: {
    status: 401,
    sentence: "This page has been open too long. Reload the app in Follow Up Boss and try again.",
  },
  idempotency_key_reused: {
    status: 409,
    sentence: "This Idempotency-Key was already used for a different request.",
  },
  // tenants, people, embeds
  tenant_removed: {
    status: 410,
    sentence: "This brokerage was removed from the gateway.",
  },
  tenant_not_found: {
    status: 404,
    sentence: "No brokerage with this name is set up in the gateway.",
  },
  account_not_found: {
    status: 403,
    sentence: "This Follow Up Boss account is not connected to this brokerage.",
  },
  user_not_found: {
    status: 403,
    sentence: "The gateway does not know which of the brokerage's agents you are.",
  },
  person_not_found: { status: 404, sentence: "This person could not be found in Follow Up Boss." },
  not_ready: {
    status: 503,
    sentence: "The gateway cannot check this Follow Up Boss account right now.",
  },
  // engagements
  engagement_not_found: { status: 404, sentence: "No outreach with this id exists for this brokerage." },
  wrong_state: { status: 409, sentence: "The outreach is in a state in which this cannot be done." },
  channel_unavailable: { status: 422, sentence: "This channel is not set up for the brokerage." },
  message_not_sent: { status: 422, sentence: "This message could not be sent." },
  link_expired: { status: 404, sentence: "This link is not open any more. Ask the brokerage for a new one." },
  // contact rules: why an outreach was refused
  no_phone: { status: 422, sentence: "This person has no phone number." },
  no_email: { status: 422, sentence: "This person has no e-mail address." },
  invalid_phone: {
    status: 422,
    sentence: "This phone number cannot be dialled: it is not a complete number.",
  },
  invalid_email: { status: 422, sentence: "This e-mail address is not complete." },
  relationship_phone: {
    status: 422,
    sentence: "The only number on this person belongs to somebody else (a relationship), so it is not used.",
  },
  landline: { status: 422, sentence: "This number is a landline and cannot receive messages." },
  cool_down: {
    status: 422,
    sentence: "This person was contacted on this channel a moment ago. Wait before trying again.",
  },
  opted_out: { status: 422, sentence: "This person asked not to be contacted." },
  do_not_call: { status: 422, sentence: "This number or address is on the brokerage's do-not-contact list." },
  no_consent: {
    status: 422,
    sentence: "The CRM says that this person did not agree to be contacted this way.",
  },
  contact_cap: {
    status: 422,
    sentence: "This person has been contacted as often as is allowed for now.",
  },
  outside_hours: {
    status: 422,
    sentence: "It is too early or too late to contact this person, by the time where they are.",
  },
  reached_elsewhere: {
    status: 409,
    sentence: "This person was reached by another copy of this gateway after the backup was made.",
  },
  gateway_moved: {
    status: 503,
    sentence: "This gateway was moved to another computer, so nothing new is started here.",
  },
  // backups
  backup_unusable: { status: 422, sentence: "This file cannot be restored. Nothing was changed." },
  backup_busy: {
    status: 409,
    sentence: "A backup or a restore is already under way. Wait until it is through.",
  },
  backup_failed: { status: 500, sentence: "The backup could not be written. Nothing was changed." },
  // campaigns
  campaign_not_found: { status: 404, sentence: "No campaign with this id exists for this brokerage." },
  smart_list_not_found: {
    status: 404,
    sentence: "This Smart List does not exist, or Follow Up Boss does not show it to this agent.",
  },
  campaign_empty: {
    status: 422,
    sentence: "Nobody on this list can be reached this way, so nothing was started.",
  },
  campaign_changed: {
    status: 409,
    sentence: "This is not what was reviewed. Review the list again, then start.",
  },
  review_expired: {
    status: 409,
    sentence: "The review is too old: the list may have changed since. Review it again, then start.",
  },
  sync_off: {
    status: 422,
    sentence: "Campaigns need “Sync contacts” to be on, so that every result is written to Follow Up Boss.",
  },
  no_call_management_key: {
    status: 422,
    sentence: "Campaigns need the brokerage's call-management API key, and none is set.",
  },
  delivery_not_found: { status: 404, sentence: "No webhook delivery with this number is kept." },
  csv_invalid: { status: 400, sentence: "The CSV file could not be used; nothing was queued." },
  // FUB
  crm_unauthorized: { status: 502, sentence: "Follow Up Boss did not accept the API key." },
  crm_forbidden: {
    status: 502,
    sentence:
      "Follow Up Boss accepted the key but does not allow this. The account may be expired or the key lacks the right.",
  },
  crm_not_found: { status: 502, sentence: "Follow Up Boss could not find what was asked for." },
  crm_invalid: { status: 502, sentence: "Follow Up Boss refused the data it was given." },
  crm_rate_limited: { status: 503, sentence: "Follow Up Boss asked the gateway to slow down." },
  crm_unavailable: { status: 503, sentence: "Follow Up Boss did not answer in time or is having trouble." },
  crm_unreachable: { status: 503, sentence: "The gateway could not reach Follow Up Boss." },
  crm_bad_answer: {
    status: 502,
    sentence: "Follow Up Boss answered with something the gateway does not understand.",
  },
  crm_unsupported: { status: 422, sentence: "The brokerage's CRM cannot do this." },
  crm_syncing: {
    status: 503,
    sentence: "The CRM's data is still being read for the first time. This takes a minute or so.",
  },
  // channel providers
  provider_unavailable: { status: 503, sentence: "The channel's provider did not answer in time." },
  provider_refused: { status: 502, sentence: "The channel's provider refused the outreach." },
  provider_fate_unknown: {
    status: 502,
    sentence: "It is not known whether the provider started this outreach.",
  },
  model_unavailable: { status: 503, sentence: "The language model did not answer in time." },
  model_bad_answer: {
    status: 502,
    sentence: "The language model answered with something that cannot be used.",
  },
  // the gateway itself
  settings_invalid: { status: 400, sentence: "The settings are not valid; nothing was changed." },
  settings_changed: {
    status: 409,
    sentence:
      "Somebody else changed the settings in the meantime, so nothing was saved. Look at what they changed.",
  },
  undo_expired: {
    status: 404,
    sentence: "This cannot be undone any more: it was undone already, or more than ten minutes have passed.",
  },
  settings_unreadable: { status: 500, sentence: "The settings file could not be read." },
  vault_unavailable: {
    status: 503,
    sentence: "The place where keys are kept cannot be opened, so keys cannot be used.",
  },
  data_folder_unusable: { status: 500, sentence: "The data folder cannot be used." },
  data_folder_in_use: { status: 409, sentence: "Another gateway is already using this data folder." },
  port_in_use: { status: 500, sentence: "The port is already in use by another program." },
  storage_unavailable: {
    status: 503,
    sentence: "This could not be stored, so it was not accepted. Try again in a moment.",
  },
  database_unusable: { status: 500, sentence: "The database could not be opened." },
  shutting_down: { status: 503, sentence: "The gateway is stopping. Try again in a moment." },
  internal: { status: 500, sentence: "Something went wrong in the gateway. It has been recorded." },
});

export type ErrorCode = keyof typeof ERROR_CODES;

export const isErrorCode = (text: string | null): text is ErrorCode =>
  text !== null && Object.hasOwn(ERROR_CODES, text);
