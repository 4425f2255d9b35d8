import { Command, CommanderError } from 'commander';
import { visibleText } from '../explain/plain-text.js';
import { styleFor } from '../report/style.js';
import type { CostOptions } from './cost-command.js';
import type { DiffOptions } from './diff-command.js';
import type { EncryptOptions } from './encrypt-command.js';
import { EXIT, type Io, print } from './io.js';
import { VERSION } from './version.js';
import type { WhoCanOptions } from './who-can-command.js';

/**
 * Runs one command line and gives the exit code: 0 yes, 1 no, 2 unusable input or nothing ran, 70 a bug of ours.
 * A function of its arguments, so that tests need no process.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.yes;
  const end = (given: number): void => {
    code = given;
  };
  const program = commandTree(io, end);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.yes : EXIT.unusable;
    print(io.err, [
      `gainsay failed: ${error instanceof Error ? error.message : String(error)}`,
      'This is a bug of gainsay, not of your files. Please report it with the command line and the files.',
    ]);
    return EXIT.bug;
  }
}

/** Complaints quote the command line, which a shell may have filled with file names of others. */
function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n');
}

function commandTree(io: Io, end: (code: number) => void): Command {
  const { width } = styleFor(false, io.columns);
  const output = {
    writeOut: io.out,
    writeErr: (text: string) => io.err(visibleLines(text)),
    getOutHelpWidth: () => width,
    getErrHelpWidth: () => width,
  };
  const program = new Command('gainsay')
    .description('Predicts what AWS allows and denies around SQS queues encrypted with KMS, and says why')
    .version(VERSION, '-V, --version')
    .exitOverride()
    .configureOutput(output)
    // What a command takes stands in its own help; here it would leave no room for what the command does.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .addHelpText('after', '\n`gainsay help COMMAND` says what a command takes.')
    .showHelpAfterError('(see --help)')
    .enablePositionalOptions();
  const command = (name: string, summary: string): Command =>
    program
      .command(name)
      .description(summary)
      .exitOverride()
      .configureOutput(output)
      .showHelpAfterError('(see --help)');

  command('init', 'write a first scenario with its policies and a failing step to learn from')
    .argument('[folder]', 'where to write it', '.')
    .action(async (folder: string) => {
      const { initCommand } = await import('./init-command.js');
      end(initCommand(folder, io));
    });

  command('test', 'replay scenario files and check what they expect')
    .argument('[globs...]', 'files, folders or globs; by default **/*.scenario.yaml and scenarios/**')
    .option('-v, --verbose', 'show every step, refusals with their reasons')
    .option('--json', 'print one JSON document')
    .action(async (globs: string[], options: { json?: boolean; verbose?: boolean }) => {
      const { testCommand } = await import('./test-command.js');
      end(await testCommand(globs, options, io));
    });

  command('explain', 'print the whole trace of one step')
    .argument('<scenario>', 'a scenario file')
    .requiredOption('--step <step>', 'the number or the title of a step')
    .option('--json', 'print one JSON document')
    .action(async (file: string, options: { step: string; json?: boolean }) => {
      const { explainCommand } = await import('./explain-command.js');
      end(await explainCommand(file, options, io));
    });

  command('who-can', 'print who can make which calls on what, KMS included, and why the others cannot')
    .argument('<action>', 'a call such as sqs:SendMessage, or a pattern such as sqs:*')
    .argument('<resource>', 'the name or ARN of a queue, key, topic, bucket or rule, or a pattern')
    .argument('[scenarios...]', 'files, folders or globs; by default as for `gainsay test`')
    .option('--as <names...>', 'ask about these principals only')
    .option('--from <address>', 'the address that the calls come from')
    .option('--through <endpoint>', 'the VPC endpoint that the calls come through')
    .option('--json', 'print one JSON document')
    .action(async (action: string, resource: string, scenarios: string[], options: WhoCanOptions) => {
      const { whoCanCommand } = await import('./who-can-command.js');
      end(await whoCanCommand(action, resource, scenarios, options, io));
    });

  command('encrypt', 'say who breaks when a queue is encrypted with a key')
    .argument('<queue>', 'the name of a queue')
    .argument('[scenarios...]', 'files, folders or globs; by default as for `gainsay test`')
    .requiredOption('--key <key>', 'the name of a key of the scenario, or an id, ARN or alias')
    .option('--json', 'print one JSON document')
    .action(async (queue: string, scenarios: string[], options: EncryptOptions) => {
      const { encryptCommand } = await import('./encrypt-command.js');
      end(await encryptCommand(queue, scenarios, options, io));
    });

  command('diff', 'say what changes between two scenarios, or two versions of a policy')
    .argument('<before>', 'a scenario file, or a policy that scenarios use')
    .argument('<after>', 'another scenario file, or another version of that policy')
    .option('--in <scenarios...>', 'for policies: the scenarios to compare them in')
    .option('--json', 'print one JSON document')
    .action(async (before: string, after: string, options: DiffOptions) => {
      const { diffCommand } = await import('./diff-command.js');
      end(await diffCommand(before, after, options, io));
    });

  command('cost', 'estimate KMS requests and their price, by AWS’s formula and by replay')
    .argument('[scenarios...]', 'files, folders or globs; without them, all four numbers are needed')
    .option(
      '--billing-seconds <seconds>',
      'the billing period in seconds; of scenarios, 31 days unless given',
    )
    .option(
      '--reuse <seconds>',
      'the data key reuse period in seconds; of scenarios, that of each queue unless given',
    )
    .option('--producers <count>', 'producing principals; of scenarios, those who may send unless given')
    .option('--consumers <count>', 'consuming principals; of scenarios, those who may receive unless given')
    .option('--price-per-10000 <price>', 'what 10,000 requests cost')
    .option('--json', 'print one JSON document')
    .action(async (scenarios: string[], options: CostOptions) => {
      const { costCommand } = await import('./cost-command.js');
      end(await costCommand(scenarios, options, io));
    });

  command('decide', 'decide requests given as JSON lines on standard input, one answer a line')
    .option('--strict', 'exit 3 when an answer is undetermined')
    .action(async (options: { strict?: boolean }) => {
      const { decideCommand } = await import('./decide-command.js');
      end(await decideCommand(options, io));
    });

  command('rules', 'print the rules of AWS that gainsay follows')
    .argument('[id]', 'one rule')
    .option('--json', 'print JSON')
    .action(async (id: string | undefined, options: { json?: boolean }) => {
      const { rulesCommand } = await import('./rules-command.js');
      end(rulesCommand(id, options, io));
    });
  return program;
}
