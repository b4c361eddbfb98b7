/**
 * Reads and writes the networks' files: the part of ONNX that they use (onnx.proto3 of ONNX 1.17), in Protocol Buffers' wire
 * format. What a graph says of its inputs is passed through as it is; of its outputs, which are numbers, only their names.
 */

/** Numbers in row order; the type is told by the array. */
export interface Constant {
  readonly dims: readonly number[]
  readonly data: Float32Array | Int8Array | Int32Array | BigInt64Array
}

type Attribute = number | bigint | string | Constant | readonly bigint[]

/** One operation of a graph. Floats are numbers, whole ones bigints. */
export interface Operation {
  readonly type: string
  readonly domain?: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

export interface Graph {
  /** Versions of the operators by their domain; the standard's own is ''. */
  readonly versions: ReadonlyMap<string, bigint>
  /** In an order in which they can be done. */
  readonly operations: readonly Operation[]
  readonly constants: ReadonlyMap<string, Constant>
  /** As they stand in the file (ValueInfoProto). */
  readonly inputs: readonly Uint8Array[]
  readonly outputs: readonly string[]
}

/** Numbers of fields, by message (onnx.proto3). */
const model = { irVersion: 1, graph: 7, versions: 8 }
const version = { domain: 1, number: 2 }
const graph = { operations: 1, name: 2, constants: 5, inputs: 11, outputs: 12 }
const operation = { inputs: 1, outputs: 2, type: 4, attributes: 5, domain: 7 }
const attribute = { name: 1, float: 2, int: 3, text: 4, tensor: 5, ints: 8, type: 20 }
const tensor = { dims: 1, type: 2, floats: 4, int32s: 5, int64s: 7, name: 8, bytes: 9 }
const attributeTypes = { float: 1, int: 2, text: 3, tensor: 4, ints: 7 }
const tensorTypes = { float: 1, int8: 3, int32: 6, int64: 7 }
const valueInfo = { name: 1, type: 2, tensor: 1, elements: 1 }
/** The IR of ONNX 1.6: its constants need not be inputs. */
const irVersion = 6n

const wires = { varint: 0, bytes: 2, fixed32: 5 }

/** A whole number, a float of 32 bits, or bytes. */
interface Field {
  readonly number: number
  readonly value: bigint | number | Uint8Array
}

export function readModel(bytes: Uint8Array): Graph {
  const fields = readFields(bytes)
  const parts = readFields(bytesOf(fields, model.graph)[0]!)
  const constants = new Map(bytesOf(parts, graph.constants).map((one) => [textOf(readFields(one), tensor.name), readTensor(one)]))
  const operations: Operation[] = []
  for (const one of bytesOf(parts, graph.operations).map(readOperation)) {
    const { value } = one.attributes
    if (one.type === 'Constant' && typeof value === 'object' && 'dims' in value) constants.set(one.outputs[0]!, value)
    else operations.push(one)
  }
  return {
    versions: new Map(
      bytesOf(fields, model.versions).map((one) => {
        const said = readFields(one)
        return [textOf(said, version.domain), intsOf(said, version.number)[0] ?? 1n]
      }),
    ),
    operations,
    constants,
    inputs: bytesOf(parts, graph.inputs),
    outputs: bytesOf(parts, graph.outputs).map((one) => textOf(readFields(one), valueInfo.name)),
  }
}

export function writeModel({ versions, operations, constants, inputs, outputs }: Graph): Uint8Array {
  const whole = [
    ...operations.map((one): Field => ({ number: graph.operations, value: writeOperation(one) })),
    textField(graph.name, 'network'),
    ...[...constants].map(([name, one]): Field => ({ number: graph.constants, value: writeTensor(one, name) })),
    ...inputs.map((value): Field => ({ number: graph.inputs, value })),
    ...outputs.map((name): Field => ({ number: graph.outputs, value: describeNumbers(name) })),
  ]
  return writeFields([
    { number: model.irVersion, value: irVersion },
    { number: model.graph, value: writeFields(whole) },
    ...[...versions].map(([domain, number]): Field => ({
      number: model.versions,
      value: writeFields([textField(version.domain, domain), { number: version.number, value: number }]),
    })),
  ])
}

function readOperation(bytes: Uint8Array): Operation {
  const fields = readFields(bytes)
  const domain = textOf(fields, operation.domain)
  return {
    type: textOf(fields, operation.type),
    ...(domain === '' ? {} : { domain }),
    inputs: bytesOf(fields, operation.inputs).map(asText),
    outputs: bytesOf(fields, operation.outputs).map(asText),
    attributes: Object.fromEntries(bytesOf(fields, operation.attributes).map(readAttribute)),
  }
}

function writeOperation({ type, domain, inputs, outputs, attributes }: Operation): Uint8Array {
  return writeFields([
    ...inputs.map((name) => textField(operation.inputs, name)),
    ...outputs.map((name) => textField(operation.outputs, name)),
    textField(operation.type, type),
    ...(domain === undefined ? [] : [textField(operation.domain, domain)]),
    ...Object.entries(attributes).map(([name, value]): Field => ({ number: operation.attributes, value: writeAttribute(name, value) })),
  ])
}

function readAttribute(bytes: Uint8Array): [string, Attribute] {
  const fields = readFields(bytes)
  const name = textOf(fields, attribute.name)
  const type = Number(intsOf(fields, attribute.type)[0])
  switch (type) {
    case attributeTypes.float:
      return [name, fields.find(({ number }) => number === attribute.float)?.value as number]
    case attributeTypes.int:
      return [name, intsOf(fields, attribute.int)[0] ?? 0n]
    case attributeTypes.text:
      return [name, textOf(fields, attribute.text)]
    case attributeTypes.tensor:
      return [name, readTensor(bytesOf(fields, attribute.tensor)[0]!)]
    case attributeTypes.ints:
      return [name, intsOf(fields, attribute.ints)]
    default:
      throw new RangeError(`an attribute of type ${type}`)
  }
}

function writeAttribute(name: string, value: Attribute): Uint8Array {
  const [type, fields] = ((): [number, Field[]] => {
    if (typeof value === 'number') return [attributeTypes.float, [{ number: attribute.float, value }]]
    if (typeof value === 'bigint') return [attributeTypes.int, [{ number: attribute.int, value }]]
    if (typeof value === 'string') return [attributeTypes.text, [textField(attribute.text, value)]]
    if ('dims' in value) return [attributeTypes.tensor, [{ number: attribute.tensor, value: writeTensor(value, '') }]]
    return [attributeTypes.ints, value.map((one): Field => ({ number: attribute.ints, value: one }))]
  })()
  return writeFields([textField(attribute.name, name), ...fields, { number: attribute.type, value: BigInt(type) }])
}

function readTensor(bytes: Uint8Array): Constant {
  const fields = readFields(bytes)
  const dims = intsOf(fields, tensor.dims).map(Number)
  const type = Number(intsOf(fields, tensor.type)[0])
  const raw = bytesOf(fields, tensor.bytes)[0]
  // A copy lies at the start of its buffer, where arrays of numbers may begin.
  const buffer = raw && new Uint8Array(raw).buffer
  switch (type) {
    case tensorTypes.float:
      return { dims, data: buffer ? new Float32Array(buffer) : floatsOf(fields, tensor.floats) }
    case tensorTypes.int8:
      return { dims, data: buffer ? new Int8Array(buffer) : Int8Array.from(intsOf(fields, tensor.int32s), Number) }
    case tensorTypes.int32:
      return { dims, data: buffer ? new Int32Array(buffer) : Int32Array.from(intsOf(fields, tensor.int32s), Number) }
    case tensorTypes.int64:
      return { dims, data: buffer ? new BigInt64Array(buffer) : BigInt64Array.from(intsOf(fields, tensor.int64s)) }
    default:
      throw new RangeError(`a tensor of type ${type}`)
  }
}

function writeTensor({ dims, data }: Constant, name: string): Uint8Array {
  return writeFields([
    ...dims.map((size): Field => ({ number: tensor.dims, value: BigInt(size) })),
    { number: tensor.type, value: BigInt(typeOf(data)) },
    textField(tensor.name, name),
    { number: tensor.bytes, value: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) },
  ])
}

function typeOf(data: Constant['data']): number {
  if (data instanceof Float32Array) return tensorTypes.float
  if (data instanceof Int8Array) return tensorTypes.int8
  return data instanceof Int32Array ? tensorTypes.int32 : tensorTypes.int64
}

/** What a graph says of an input or an output of 32-bit floats of any shape. */
export function describeNumbers(name: string): Uint8Array {
  const elements = writeFields([{ number: valueInfo.elements, value: BigInt(tensorTypes.float) }])
  const type = writeFields([{ number: valueInfo.tensor, value: elements }])
  return writeFields([textField(valueInfo.name, name), { number: valueInfo.type, value: type }])
}

const asText = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
const textField = (number: number, text: string): Field => ({ number, value: Buffer.from(text, 'utf8') })

function floatsOf(fields: readonly Field[], number: number): Float32Array {
  const packed = bytesOf(fields, number)[0]
  return packed
    ? new Float32Array(new Uint8Array(packed).buffer)
    : Float32Array.from(fields.flatMap(({ number: at, value }) => (at === number && typeof value === 'number' ? [value] : [])))
}

const bytesOf = (fields: readonly Field[], number: number): Uint8Array[] =>
  fields.flatMap(({ number: at, value }) => (at === number && typeof value === 'object' ? [value] : []))

const textOf = (fields: readonly Field[], number: number): string => asText(bytesOf(fields, number)[0] ?? new Uint8Array())

/** Whole numbers stand one by one or packed. */
function intsOf(fields: readonly Field[], number: number): bigint[] {
  return fields.flatMap((field) => {
    if (field.number !== number) return []
    if (typeof field.value === 'bigint') return [BigInt.asIntN(64, field.value)]
    if (typeof field.value === 'number') return []
    const packed: bigint[] = []
    for (let at = 0; at < field.value.length;) {
      const [value, next] = readVarint(field.value, at)
      packed.push(BigInt.asIntN(64, value))
      at = next
    }
    return packed
  })
}

function readFields(bytes: Uint8Array): Field[] {
  const fields: Field[] = []
  for (let at = 0; at < bytes.length;) {
    const [tag, start] = readVarint(bytes, at)
    const [number, wire] = [Number(tag >> 3n), Number(tag & 7n)]
    if (wire === wires.varint) {
      const [value, next] = readVarint(bytes, start)
      fields.push({ number, value })
      at = next
      continue
    }
    if (wire === wires.fixed32) {
      at = start + 4
      fields.push({ number, value: new DataView(bytes.buffer, bytes.byteOffset + start, 4).getFloat32(0, true) })
      continue
    }
    if (wire !== wires.bytes) throw new RangeError(`a field of wire type ${wire}`)
    const [length, from] = readVarint(bytes, start)
    at = from + Number(length)
    fields.push({ number, value: bytes.subarray(from, at) })
  }
  return fields
}

function readVarint(bytes: Uint8Array, start: number): [value: bigint, next: number] {
  let value = 0n
  for (let at = start, shift = 0n; at < bytes.length; at++, shift += 7n) {
    value |= BigInt(bytes[at]! & 127) << shift
    if (bytes[at]! < 128) return [value, at + 1]
  }
  throw new RangeError('a number without an end')
}

function writeFields(fields: readonly Field[]): Uint8Array {
  const pieces: Uint8Array[] = []
  for (const { number, value } of fields) {
    if (typeof value === 'bigint') pieces.push(writeVarint(BigInt(number << 3)), writeVarint(BigInt.asUintN(64, value)))
    else if (typeof value === 'number')
      pieces.push(writeVarint(BigInt((number << 3) | wires.fixed32)), new Uint8Array(Float32Array.of(value).buffer))
    else pieces.push(writeVarint(BigInt((number << 3) | wires.bytes)), writeVarint(BigInt(value.length)), value)
  }
  return Buffer.concat(pieces)
}

function writeVarint(value: bigint): Uint8Array {
  const bytes: number[] = []
  let left = value
  for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128)
  return Uint8Array.of(...bytes, Number(left))
}
