"use client";
import { Anchor } from "@mantine/core";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { useT } from "../../_i18n/use-t";
import { signInFrom } from "../../sign-in/way-back";

/** For whoever was signed out meanwhile: to the sign-in page, and back to this one. */
export function SignInLink() {
  const t = useT("signIn");
  const path = usePathname();
  const query = useSearchParams().toString();
  return (
    <Anchor component={Link} href={signInFrom(query ? `${path}?${query}` : path)} inherit data-testid="sign-in-again">
      {t("submit")}
    </Anchor>
  );
}
