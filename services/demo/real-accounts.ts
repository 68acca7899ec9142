import { config } from "@/platform/config";

/** Whether messages leave the house: a demo then makes nobody do anything, since what follows would reach numbers and mailboxes that are somebody's. */
export const hasRealAccounts = (): boolean => {
  const { TWILIO_ACCOUNT_SID, SMTP_URL } = config();
  return Boolean(TWILIO_ACCOUNT_SID || SMTP_URL);
};
