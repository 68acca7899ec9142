import { type Secrets, secretsOf } from "@/platform/secrets";

/** What the processes of these tests derive from their root secret, for what must be up before anything reads the settings. */
export const testSecrets = (): Secrets => secretsOf(process.env.REGULARS_HOME ?? "", process.env.REGULARS_SECRET);
