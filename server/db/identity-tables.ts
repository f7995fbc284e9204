// Who is who at the CRM, as the stores see it. Conventions as in schema.ts, which they are part of.

export interface CrmIdentityTable {
  /** Fingerprint of the key. */
  access_id: string;
  account_id: string;
  account_domain: string | null;
  account_name: string | null;
  user_id: string;
  user_name: string | null;
  user_email: string | null;
  role: string | null;
  is_owner: number | null;
  is_admin: number | null;
  checked_at: number;
}

export interface CrmUserTable {
  tenant: string;
  account_id: string;
  crm_user_id: string;
  name: string;
  email: string | null;
  phone: string | null;
  fetched_at: number;
}

export interface UserLinkTable {
  tenant: string;
  account_id: string;
  crm_user_id: string;
  user_id: string;
  rule: string;
  learned_at: number;
}
