"use client";
import { Drawer, type DrawerProps, Modal, type ModalProps } from "@mantine/core";
import { useFocusBack } from "./use-focus-back";

/** What opens over a page. May be drawn only while it is open: the keyboard goes back to what opened it either way. */
export function Dialog(props: ModalProps) {
  useFocusBack(props.opened);
  return <Modal {...props} returnFocus={false} />;
}

/** What opens at a page's right, with the keyboard kept as in {@link Dialog}. */
export function SideDialog(props: Omit<DrawerProps, "position">) {
  useFocusBack(props.opened);
  return <Drawer {...props} position="right" returnFocus={false} />;
}
