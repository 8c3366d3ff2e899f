import './ahead.ts';

import { styleText } from 'node:util';
import { Argument, CommanderError, InvalidArgumentError, Option, Command as Program } from 'commander';
import { type Command, type CommandOption, commonOptions, OptionError, type Positional } from './command.ts';
import { table } from './commands/index.ts';
import { type CommonOptions, leaveQuietlyWhenUnread, perform } from './frame.ts';
import { printableMessage } from './printable.ts';
import { version } from './version.ts';

leaveQuietlyWhenUnread();

const program = new Program('qntk')
  .description('Know how a quantum neural network will train before you train it.')
  .version(version)
  .exitOverride()
  // Commander takes the colour out where the terminal, NO_COLOR or a pipe wants none.
  .configureHelp({ styleTitle: (title) => styleText('bold', title, { validateStream: false }) })
  .configureOutput({ outputError: (text, write) => write(printableMessage(text.replace(/^error:/, 'qntk:'))) })
  .addHelpText('after', '\nqntk COMMAND --help shows the options of a command and an example.');
for (const command of table.commands) parentOf(command).addCommand(programOf(command));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has said what is wrong; help and version are what was asked for.
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}

/** The program itself, or for a name of two words the group that the first one names, made when first asked for. */
function parentOf({ name }: Command): Program {
  const [first, second] = name.split(' ');
  if (second === undefined) return program;
  const made = program.commands.find((each) => each.name() === first);
  if (made) return made;
  const group = new Program(first)
    .summary(table.groups[first!]!)
    .description(table.groups[first!]!)
    .copyInheritedSettings(program);
  program.addCommand(group.showHelpAfterError(`qntk ${first} --help shows its commands`));
  return group;
}

function programOf(command: Command): Program {
  const sub = new Program(command.name.split(' ').at(-1)!).summary(command.summary).description(command.summary);
  sub.copyInheritedSettings(program).showHelpAfterError(`qntk ${command.name} --help shows the options and an example`);
  for (const positional of command.positional) sub.addArgument(argumentOf(positional));
  for (const option of [...command.options, ...commonOptions]) sub.addOption(optionOf(option));
  sub.addHelpText('after', `\nExample:\n  $ npx qntk ${command.example}`);
  return sub.action(async () => {
    const options = sub.opts<CommonOptions>();
    const named = command.positional.map(({ name, many }, i) => [
      name.toLowerCase(),
      many ? sub.args.slice(i) : sub.args[i],
    ]);
    await perform({ command: command.name, given: { ...options, ...Object.fromEntries(named) } }, options);
  });
}

function argumentOf({ name, summary, optional, many, choices }: Positional): Argument {
  const argument = new Argument(many ? `[${name}...]` : optional ? `[${name}]` : `<${name}>`, summary);
  return choices ? argument.choices(choices) : argument;
}

function optionOf({ flags, summary, required, choices, read }: CommandOption): Option {
  const option = new Option(flags, summary).makeOptionMandatory(required === true);
  if (choices) option.choices(choices);
  return read ? option.argParser((text) => readAsCommander(read, text)) : option;
}

/** Commander alone knows the sentence around what is wrong; commands know nothing of it, so that their thread need not load it. */
function readAsCommander(read: NonNullable<CommandOption['read']>, text: string): unknown {
  try {
    return read(text);
  } catch (error) {
    throw error instanceof OptionError ? new InvalidArgumentError(error.message) : error;
  }
}
