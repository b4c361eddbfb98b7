/** A network while it is rewritten. */
import type { Constant, Operation } from './model-file.ts'

/** Operations by the one thing that each makes. */
export interface Workshop {
  readonly operations: Map<string, Operation>
  readonly constants: Map<string, Constant>
}

export const make = (type: string, inputs: readonly string[], output: string, attributes: Operation['attributes'] = {}): Operation => ({
  type,
  inputs,
  outputs: [output],
  attributes,
})

/** The operations that take what is called `name`. */
export function usersOf({ operations }: Workshop, name: string): Operation[] {
  const users: Operation[] = []
  for (const operation of operations.values()) if (operation.inputs.includes(name)) users.push(operation)
  return users
}

/** Keeps numbers under a name. */
export function keep({ constants }: Workshop, name: string, dims: readonly number[], data: Float32Array): string {
  constants.set(name, { dims, data })
  return name
}

/** The operations in an order in which they can be done. */
export function inOrder({ operations }: Workshop): Operation[] {
  const ordered = new Set<Operation>()
  const place = (operation: Operation | undefined) => {
    if (!operation || ordered.has(operation)) return
    for (const input of operation.inputs) place(operations.get(input))
    ordered.add(operation)
  }
  for (const operation of operations.values()) place(operation)
  return [...ordered]
}
