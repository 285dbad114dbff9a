import type { Part } from "../catalogue";
import type { statement as english } from "../en/statement";

/** 无障碍声明的文字。 */
export const statement: Part<typeof english> = {
  "statement.title": "无障碍",
  "statement.link": "无障碍：测试过什么，什么离不开视力",
  "statement.intro":
    "EditJury 以 WCAG 2.2 的 AA 级为目标。本页说明每次改动都会测试什么，以及没有视力时哪些事情在这里做不到。",
  "statement.tested": "测试的内容",
  "statement.tested.axe":
    "各页面、对话框和评审页面的各种状态，都通过 axe-core 针对 WCAG 2.0 至 2.2 的 A 级、AA 级和最佳实践的全部规则：浅色、深色和强制颜色三种外观，没有排除任何规则。",
  "statement.tested.keys":
    "从登录到最后一个任务，只用键盘就能完成。单键快捷键可以在“账户”中更改或关闭。Tab 键从不被占用。",
  "statement.tested.focus": "焦点始终看得见：固定在窗口边缘的部分不会盖住它。",
  "statement.tested.targets": "可以按的目标至少 24×24 像素，等级至少 44×44 像素。",
  "statement.tested.zoom":
    "放大到 200 % 时，评审页面一次显示一幅图像，内容不会丢失。其他页面在 320 像素宽时不需要横向滚动。",
  "statement.tested.motion": "要求减少动态效果时，没有任何东西自己移动。颜色从不单独表示含义。",
  "statement.tested.people": "以上由程序测试。尚未请使用屏幕阅读器或其他辅助工具的人测试。",
  "statement.blind": "没有视力",
  "statement.blind.can":
    "可以配合屏幕阅读器使用：登录、账户，阅读指令、指南和等级，给出等级和备注，保存的状态，以及负责人的全部页面（其中的图片除外）。",
  "statement.blind.cannot":
    "做不到的是评审编辑结果。图像没有文字描述，因为描述本身就是一种评判，会左右你的判断。对比、差异、变化图和画区域也都是图像，所以盲人标注员无法在这里评分。",
  "statement.low": "低视力或色觉异常",
  "statement.low.text":
    "图像可以任意放大，所有图像一起放大。图像后面的底色在各种外观下都保持同样的灰色，因为它影响编辑结果看起来的样子。有些编辑只改变颜色：分辨不出时请标为“无法评审”，它从不算作低分。",
  "statement.tell": "遇到障碍？",
  "statement.tell.text": "请告诉项目负责人或本站的管理者。其间不会丢失任何回答，你给出的都已保留。",
};
