import {
  EventEmitter,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  window,
  type Disposable,
  type LogOutputChannel,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import { detailsOf, messageOf } from '../failure';
import type { TreeNode } from '../index/indexNodes';

/** A tree in the side bar whose lines are read when somebody looks at it. */
export class SideBarTree implements TreeDataProvider<TreeNode>, Disposable {
  readonly #changed = new EventEmitter<undefined>();
  readonly #read: () => Promise<readonly TreeNode[]>;
  readonly #log: LogOutputChannel;
  readonly #view: TreeView<TreeNode>;

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param read the lines; no lines make the editor show the view's welcome text */
  constructor(id: string, read: () => Promise<readonly TreeNode[]>, log: LogOutputChannel) {
    this.#read = read;
    this.#log = log;
    this.#view = window.createTreeView(id, { treeDataProvider: this, showCollapseAll: true });
  }

  /** Reads the lines again, now if the tree can be seen. */
  refresh(): void {
    this.#changed.fire(undefined);
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node !== undefined) return [...(node.children ?? [])];
    try {
      return [...(await this.#read())];
    } catch (error) {
      this.#log.error(detailsOf(error));
      return [{ id: 'failure', label: messageOf(error), icon: 'error' }];
    }
  }

  getTreeItem({ id, label, description, tooltip, icon, command, context, children }: TreeNode): TreeItem {
    const state = children === undefined ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed;
    const item = new TreeItem(label, state);
    if (description !== undefined) item.description = description;
    if (tooltip !== undefined) item.tooltip = tooltip;
    if (icon !== undefined) item.iconPath = new ThemeIcon(icon);
    if (context !== undefined) {
      item.id = `${context} ${id}`;
      item.contextValue = context;
    }
    if (command !== undefined) item.command = { command: command.id, title: label, arguments: [command.argument] };
    return item;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }
}
