/** The command line: which command, with which words; what each does stands in `cli/`. */
import { enableCompileCache } from 'node:module'
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import './platform/keep-wrappers.ts'
import { keptCode } from './cli/kept-code.ts'
import { Fault } from './platform/errors.ts'
import { ConfigFault } from './platform/config/load-config.ts'
import { shareOneHeap } from './platform/share-one-heap.ts'

interface Command {
  readonly usage: string
  readonly summary: string
  readonly options: ParseArgsOptionsConfig
  /** Fewest and most words after the command's name. */
  readonly words: readonly [number, number]
  /** Reads pages: many threads, much memory. */
  readonly reads?: true
  readonly load: () => Promise<{ run: (call: CommandCall) => Promise<number> }>
}

export interface CommandCall {
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
}

const json = { json: { type: 'boolean' } } as const

const commands: Record<string, Command> = {
  serve: {
    usage: 'zhika serve',
    summary: '启动服务：网页、邮箱与投件文件夹、后台任务',
    options: {},
    words: [0, 0],
    reads: true,
    load: () => import('./cli/serve.ts'),
  },
  read: {
    usage: 'zhika read 路径… [--json] [--debug 文件夹]',
    summary: '识别文件或文件夹中的材料并打印内容，不保存；--debug 另把每页画上识别结果存为图片',
    options: { ...json, debug: { type: 'string' } },
    words: [1, Number.POSITIVE_INFINITY],
    reads: true,
    load: () => import('./cli/read-papers.ts'),
  },
  process: {
    usage: 'zhika process 路径… [--json]',
    summary: '把每份来件办到待窗口人员决定为止并保存，打印业务申请',
    options: json,
    words: [1, Number.POSITIVE_INFINITY],
    reads: true,
    load: () => import('./cli/process-submissions.ts'),
  },
  forms: {
    usage: 'zhika forms [--out 文件夹] [--fill 内容.json] [表格…] [--json]',
    summary: '生成五种表格的 PDF：空白可填写的，或按 JSON 填好的',
    options: { ...json, out: { type: 'string' }, fill: { type: 'string' } },
    words: [0, 5],
    load: () => import('./cli/draw-forms.ts'),
  },
  import: {
    usage: 'zhika import 台账.xlsx [--dry-run] [--json]，或 zhika import --template 模板.xlsx',
    summary: '把工作簿中的卡导入台账，全部导入或一行都不导入；--dry-run 只检查；--template 生成空白模板',
    options: { ...json, 'dry-run': { type: 'boolean' }, template: { type: 'string' } },
    words: [0, 1],
    load: () => import('./cli/import-ledger.ts'),
  },
  export: {
    usage: 'zhika export [--out 文件.xlsx] [--whole-ids] [--json]',
    summary: '把卡片台账和业务申请导出为工作簿；证件号码遮盖，--whole-ids 写全',
    options: { ...json, out: { type: 'string' }, 'whole-ids': { type: 'boolean' } },
    words: [0, 0],
    load: () => import('./cli/export-registers.ts'),
  },
  doctor: {
    usage: 'zhika doctor [--json]',
    summary: '检查数据库、文件、模型、字体、邮件、时钟和日历，并说明如何修复',
    options: json,
    words: [0, 0],
    load: () => import('./cli/examine-installation.ts'),
  },
  audit: {
    usage: 'zhika audit [--json]',
    summary: '核对办理记录的哈希链，指出第一条被改动的记录',
    options: json,
    words: [0, 0],
    load: () => import('./cli/audit-log.ts'),
  },
  guide: {
    usage: 'zhika guide [--json]',
    summary: '打印本中心的办理指引：各项业务的材料、卡片、付款、渠道、期限和制卡任务',
    options: json,
    words: [0, 0],
    load: () => import('./cli/print-guide.ts'),
  },
  mail: {
    usage: 'zhika mail reconcile [--json]',
    summary: '逐封核对邮箱与登记：每封邮件已收、因故未收或待重试',
    options: json,
    words: [1, 1],
    load: () => import('./cli/reconcile-mailboxes.ts'),
  },
  user: {
    usage: 'zhika user add 姓名 --role clerk|administrator [--json]，或 zhika user reset 姓名 [--json]',
    summary: '新增窗口人员账号，或重置其密码；打印一次性密码',
    options: { ...json, role: { type: 'string' } },
    words: [2, 2],
    load: () => import('./cli/give-secret.ts'),
  },
}

class UsageFault extends Error {}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help())
    return 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new UsageFault(`没有“${name}”这个命令；运行 zhika --help 查看全部命令`)
  const { values, positionals } = parse(command, rest)
  if (values['help'] === true) {
    process.stdout.write(`${command.usage}\n  ${command.summary}\n`)
    return 0
  }
  const [fewest, most] = command.words
  if (positionals.length < fewest || positionals.length > most) throw new UsageFault(`用法：${command.usage}`)
  if (command.reads) shareOneHeap()
  const code = keptCode()
  if (code !== undefined) enableCompileCache(code)
  const { run } = await command.load()
  return run({ words: positionals, options: values as CommandCall['options'] })
}

function parse(command: Command, args: string[]) {
  try {
    return parseArgs({ args, options: { ...command.options, help: { type: 'boolean', short: 'h' } }, allowPositionals: true })
  } catch {
    throw new UsageFault(`选项不正确；用法：${command.usage}`)
  }
}

function help(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  return `制卡 zhika：不见面制卡业务办理系统\n\n${lines.join('\n')}\n\n每个命令都可加 --help 查看用法。\n`
}

// `zhika read … | head` closes the pipe early; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (error instanceof UsageFault) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  } else {
    // A wrong configuration or any other fault: the sentence for people, the cause for whoever mends it.
    process.stderr.write(
      `${error instanceof Fault ? error.message : `程序出错：${error instanceof Error ? (error.stack ?? error.message) : String(error)}`}\n`,
    )
    if (error instanceof Fault && !(error instanceof ConfigFault) && error.cause instanceof Error)
      process.stderr.write(`${error.cause.stack ?? ''}\n`)
    process.exitCode = 1
  }
}
