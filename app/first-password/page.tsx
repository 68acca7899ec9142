import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { config } from "@/platform/config";
import { serverT } from "../_i18n/locale";
import { ready, session } from "../_server/door";
import { FirstPassword } from "./first-password";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await serverT("team"))("firstTitle") };
}

export default async function FirstPasswordPage() {
  ready();
  const known = await session();
  if (!known) redirect("/sign-in");
  if (!known.mustChange) redirect("/");
  return <FirstPassword api={config().PUBLIC_API_URL} name={known.actor.name} />;
}
