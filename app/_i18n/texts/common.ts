import { area } from "../area";

export const common = area({
  en: {
    product: "Regulars",
    save: "Save", cancel: "Cancel", close: "Close", create: "Create", edit: "Edit", delete: "Delete", remove: "Remove", back: "Back", retry: "Try again",
    more: "Load more", search: "Search", all: "All", none: "None", yes: "Yes", no: "No", copy: "Copy", copied: "Copied", show: "Show", open: "Open",
    loading: "Loading", saved: "Saved", unknown: "unknown", never: "never", unlimited: "unlimited", details: "Details", refresh: "Refresh",
    shown: "{count, plural, one {# shown} other {# shown}}",
    sortBy: "Sort by {column}", live: "Live", reconnecting: "Reconnecting …", justNow: "just now",
    noMatch: "Nothing matches", noMatchHint: "Change the search or the filters to see more.", clearFilters: "Clear filters",
    notFound: "This is not here", notFoundHint: "It may have been removed, or the address belongs to another workspace.", home: "Go to Home",
    broken: "This page stumbled", brokenHint: "Nothing was changed. Try again; if it stays, the log of the console names the reason under {digest}.",
    offline: "The API does not answer", offlineHint: "Check that the api process runs at {origin}, then try again.",
    skip: "Skip to the content",
  },
  "zh-CN": {
    product: "常客",
    save: "保存", cancel: "取消", close: "关闭", create: "新建", edit: "编辑", delete: "删除", remove: "移除", back: "返回", retry: "重试",
    more: "加载更多", search: "搜索", all: "全部", none: "无", yes: "是", no: "否", copy: "复制", copied: "已复制", show: "显示", open: "打开",
    loading: "加载中", saved: "已保存", unknown: "未知", never: "从未", unlimited: "不限", details: "详情", refresh: "刷新",
    shown: "已显示 {count} 条",
    sortBy: "按{column}排序", live: "实时", reconnecting: "正在重连…", justNow: "刚刚",
    noMatch: "没有符合的内容", noMatchHint: "调整搜索词或筛选条件试试。", clearFilters: "清除筛选",
    notFound: "这里没有内容", notFoundHint: "它可能已被删除，或者地址属于另一个工作区。", home: "回到首页",
    broken: "页面出了点问题", brokenHint: "没有任何数据被改动。请重试；如仍出现，控制台日志中 {digest} 处有原因。",
    offline: "API 没有响应", offlineHint: "请确认 {origin} 的 api 进程正在运行，然后重试。",
    skip: "跳到正文",
  },
});
