/** A reference of an element: to an element that is copied (`use`), or to one that it is painted with. */
export interface SvgReference {
  readonly id: string;
  /** The caller's number for it, if it can be removed from the document. */
  readonly removable?: number;
}

/** The number of elements that are drawn, and the references that form cycles. */
export interface SvgExpansion {
  /** Counting each copy; may be `Infinity`. */
  readonly elements: number;
  /** The `removable` of references that lead back to themselves. */
  readonly endless: readonly number[];
}

export interface SvgReferences {
  /** @param weight number of elements that it stands for: more than 1 for an embedded image. */
  open(id: string | undefined, references: readonly SvgReference[], weight: number): void;
  close(): void;
  expansion(): SvgExpansion;
}

interface Edge {
  readonly to: number;
  readonly removable?: number;
}

/** An element with an id, and everything in it up to the next element with an id. */
interface Node {
  weight: number;
  readonly references: SvgReference[];
  readonly children: number[];
}

/**
 * Counts the elements of a document in which each `use` is replaced by its target, without replacing them: ten levels of ten
 * are ten billion elements in two kilobytes.
 */
export function createSvgReferences(): SvgReferences {
  const nodes: Node[] = [];
  const byId = new Map<string, number>();
  const path: number[] = [];
  return {
    open: (id, references, weight) => {
      const parent = path.at(-1);
      let current = parent;
      if (current === undefined || id !== undefined) {
        current = nodes.length;
        nodes.push({ weight: 0, references: [], children: [] });
        if (parent !== undefined) nodes[parent]?.children.push(current);
        // The first of two elements with the same id counts.
        if (id !== undefined && !byId.has(id)) byId.set(id, current);
      }
      const node = nodes[current];
      if (node) {
        node.weight += weight;
        node.references.push(...references);
      }
      path.push(current);
    },
    close: () => {
      path.pop();
    },
    expansion: () => {
      const edges = nodes.map(({ children, references }): readonly Edge[] => [
        ...children.map((to) => ({ to })),
        ...references.flatMap(({ id, removable }) => {
          const to = byId.get(id);
          return to === undefined ? [] : [{ to, removable }];
        }),
      ]);
      const weights = nodes.map(({ weight }) => weight);
      const endless = new Set(endlessOf(edges));
      const finite = edges.map((list) => list.filter(({ removable }) => !endless.has(removable ?? -1)));
      return { elements: countOf(weights, endless.size > 0 ? finite : edges), endless: [...endless] };
    },
  };
}

function endlessOf(edges: readonly (readonly Edge[])[]): readonly number[] {
  const { groupOf } = strongGroups(edges);
  return edges.flatMap((list, node) =>
    list.flatMap(({ to, removable }) =>
      removable !== undefined && groupOf[to] === groupOf[node] ? [removable] : [],
    ),
  );
}

function countOf(weights: readonly number[], edges: readonly (readonly Edge[])[]): number {
  const { groups, groupOf } = strongGroups(edges);
  const totals: number[] = [];
  // A group comes after all groups that it refers to. Patterns that paint themselves are left to the browser, which stops
  // there.
  for (const [group, members] of groups.entries()) {
    let total = 0;
    for (const member of members) {
      total += weights[member] ?? 0;
      for (const { to } of edges[member] ?? []) {
        if (groupOf[to] !== group) total += totals[groupOf[to] ?? 0] ?? 0;
      }
    }
    totals.push(total);
  }
  return totals[groupOf[0] ?? 0] ?? 0;
}

/**
 * Strongly connected components by R. E. Tarjan, “Depth-first search and linear graph algorithms”, 1972. Not recursive,
 * because graphs may be as deep as a document is long.
 */
function strongGroups(edges: readonly (readonly Edge[])[]): {
  readonly groups: readonly (readonly number[])[];
  readonly groupOf: readonly number[];
} {
  const groups: number[][] = [];
  const groupOf: number[] = new Array(edges.length).fill(-1);
  const order: number[] = new Array(edges.length).fill(-1);
  const lowest: number[] = new Array(edges.length).fill(0);
  const open: number[] = [];
  let visited = 0;
  const visit = (start: number): void => {
    const path: { readonly node: number; next: number }[] = [];
    const enter = (node: number): void => {
      order[node] = lowest[node] = visited++;
      open.push(node);
      path.push({ node, next: 0 });
    };
    enter(start);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const { node } = step;
      const edge = edges[node]?.[step.next++];
      if (edge) {
        if (order[edge.to] === -1) enter(edge.to);
        else if (groupOf[edge.to] === -1) lower(lowest, node, order[edge.to]);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lower(lowest, above.node, lowest[node]);
      if (lowest[node] === order[node]) groups.push(takeGroup(open, node, groupOf, groups.length));
    }
  };
  for (let node = 0; node < edges.length; node++) if (order[node] === -1) visit(node);
  return { groups, groupOf };
}

function lower(values: number[], at: number, value = Number.POSITIVE_INFINITY): void {
  values[at] = Math.min(values[at] ?? value, value);
}

function takeGroup(open: number[], until: number, groupOf: number[], group: number): number[] {
  const members: number[] = [];
  for (let member = open.pop(); member !== undefined; member = open.pop()) {
    groupOf[member] = group;
    members.push(member);
    if (member === until) break;
  }
  return members;
}
