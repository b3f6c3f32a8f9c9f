<?php
// sabre/vobject, which Nextcloud and other CalDAV servers are built on: it expands the whole calendar
// itself and gives UTC. The protocol is in ../README.md.

use Sabre\VObject;

require_once 'Sabre/VObject/autoload.php';

// The library is older than this PHP, which deprecates some of it.
error_reporting(E_ALL & ~E_DEPRECATED);

const SECONDS = 6;

function moment(VObject\Property\DateTime $property): string
{
    $isDate = $property->getDateType() === VObject\Property\DateTime::DATE;
    $time = $property->getDateTime();
    return $isDate ? $time->format('Y-m-d') : $time->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s\Z');
}

// Version 2 leaves escaped commas and semicolons to its user, since it does not know which property is a list.
function text(VObject\Property $property): string
{
    return strtr((string) $property, ['\\,' => ',', '\\;' => ';']);
}

function eventOf(VObject\Component $event): array
{
    return [
        'start' => moment($event->DTSTART),
        'end' => moment($event->DTEND),
        'title' => text($event->SUMMARY),
        'status' => strtolower((string) ($event->STATUS ?? 'CONFIRMED')),
    ];
}

function readCalendar(string $file, string $first, string $last): array
{
    $utc = new DateTimeZone('UTC');
    $calendar = VObject\Reader::read(file_get_contents($file));
    $calendar->expand(new DateTime($first, $utc), new DateTime($last, $utc));
    $events = array_map('eventOf', array_values($calendar->select('VEVENT')));
    return array_values(array_filter($events, fn ($event) => $first <= $event['start'] && $event['start'] < $last));
}

// On some rules the library looks for the next date for ever.
pcntl_async_signals(true);
pcntl_signal(SIGALRM, fn () => throw new RuntimeException('no end after ' . SECONDS . ' seconds'));

[, $first, $last] = $argv;
$answers = [];
foreach (json_decode(stream_get_contents(STDIN)) as $calendar) {
    pcntl_alarm(SECONDS);
    try {
        $answers[$calendar->name] = ['events' => readCalendar($calendar->file, $first, $last), 'error' => null];
    } catch (Throwable $error) { // whatever a foreign reader throws is its answer
        $answers[$calendar->name] = ['events' => [], 'error' => get_class($error) . ': ' . $error->getMessage()];
    }
}
echo json_encode((object) $answers, JSON_THROW_ON_ERROR);
