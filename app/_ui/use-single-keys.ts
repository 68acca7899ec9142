"use client";
import { useLocalStorage } from "@mantine/hooks";
import { useWorkspace } from "./workspace";

/**
 * Whether a letter, digit or sign alone does something, and how to choose: whoever speaks to the machine, or rests a hand on the keyboard, turns them
 * off (WCAG 2.2, 2.1.4). A person's own choice, kept in their browser as the language and the colours are.
 */
export function useSingleKeys(): [isOn: boolean, choose: (isOn: boolean) => void] {
  const { user } = useWorkspace();
  const [isOn, choose] = useLocalStorage({
    key: `single-keys ${user.id}`,
    defaultValue: true,
    // Known before the first stroke.
    getInitialValueInEffect: false,
  });
  return [isOn, choose];
}
