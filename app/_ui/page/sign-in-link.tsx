"use client";
import { Anchor } from "@mantine/core";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { useT } from "../../_i18n/use-t";
import { signInFrom } from "../../sign-in/way-back";

/** For whoever was signed out meanwhile: to the sign-in page, and back to this one. `isAnother`: somebody else is signed in. */
export function SignInLink({ isAnother = false }: { isAnother?: boolean }) {
  const t = useT("signIn");
  const path = usePathname();
  const query = useSearchParams().toString();
  return (
    <Anchor
      component={Link}
      href={signInFrom(query ? `${path}?${query}` : path, isAnother)}
      inherit
      data-testid="sign-in-again"
    >
      {t("submit")}
    </Anchor>
  );
}
