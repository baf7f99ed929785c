package africa.mycandidate.operator.campaign;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * What a leaf does that changes no record of the stack, and the test that shows it.
 *
 * @param test class and method, below the operator's package
 */
record Behaviour(String leaf, String does, String test) {
    private static final String PACKAGE = "africa.mycandidate.operator.";
    private static final String WINDOW =
            "reconcile.ControlTest#aRepairThatInterruptsWaitsForTheWindowEvenWhenAnotherFieldOfTheSpecChanges";

    static final List<Behaviour> ALL = List.of(
            new Behaviour(
                    "account.externalId",
                    "is shown when the role is assumed",
                    "reconcile.AccountTest#withoutTheExternalIdNobodyRidesOnTheSessionOfAnother"),
            new Behaviour(
                    "allowDataLoss",
                    "lets an empty database or cache take the place of one that is gone",
                    "reconcile.DataLossTest#anEmptyDatabaseTakesThePlaceOfOneThatIsGoneOnlyWhereAllowed"),
            new Behaviour(
                    "approval",
                    "holds back what interrupts until somebody approves",
                    "reconcile.ControlTest#anApprovalHoldsBackWhatInterruptsAndNothingElse"),
            new Behaviour(
                    "container.databaseConnections",
                    "limits scaling.maxTasks by the database class, at the door",
                    "cli.BadInputTest#everySpecThatTheApiServerRefusesIsRefusedWithTheSameSentence"),
            new Behaviour(
                    "deletionPolicy",
                    "says what deletion leaves",
                    "reconcile.ControlTest#retainTakesOffOurTagsAndTouchesNothingElse"),
            new Behaviour(
                    "domain.hostedZoneRoleArn",
                    "is the way to the hosted zone of another account",
                    "reconcile.SiteNamesTest#aZoneOfAnotherAccountGetsTheRecordsAndNothingElse"),
            new Behaviour("driftPolicy", "leaves drift as it is, and reports it", "reconcile.LessonsTest#driftIsTold"),
            new Behaviour(
                    "elections[].cacheNodeType",
                    "changes the cache a day before the election",
                    "reconcile.ElectionTest#theDatabaseIsLargerADayBeforeAndSmallAgainInAMaintenanceWindow"),
            new Behaviour(
                    "elections[].databaseClass",
                    "changes the database a day before the election",
                    "reconcile.ElectionTest#theDatabaseIsLargerADayBeforeAndSmallAgainInAMaintenanceWindow"),
            new Behaviour(
                    "elections[].freeze",
                    "holds back what rolls the tasks during the election",
                    "reconcile.ElectionTest#whatRollsTheTasksWaitsForTheEndWhateverWasApproved"),
            new Behaviour(
                    "elections[].from",
                    "moves the scheduled actions of an election with another floor",
                    "stack.ElectionCalendarTest#theFloorRisesBeforeTheWindowAndFallsAtItsEnd"),
            new Behaviour(
                    "elections[].leadMinutes",
                    "moves the first scheduled action of an election with another floor",
                    "stack.ElectionCalendarTest#theFloorRisesBeforeTheWindowAndFallsAtItsEnd"),
            new Behaviour(
                    "elections[].loadBalancerCapacityUnits",
                    "reserves capacity of the load balancer from half a day before the election",
                    "reconcile.ReservationTest#capacityIsReservedTwelveHoursAheadAndGoesAtTheEnd"),
            new Behaviour(
                    "elections[].to",
                    "moves the last scheduled action of an election with another floor",
                    "stack.ElectionCalendarTest#theFloorRisesBeforeTheWindowAndFallsAtItsEnd"),
            new Behaviour(
                    "elections[].name",
                    "is its name in the status",
                    "reconcile.ElectionReadyTest#whatTheDayWillNeedIsCheckedFrom48HoursAhead"),
            new Behaviour("maintenanceWindow.day", "says when a repair may interrupt", WINDOW),
            new Behaviour("maintenanceWindow.from", "says when a repair may interrupt", WINDOW),
            new Behaviour("maintenanceWindow.hours", "says when a repair may interrupt", WINDOW),
            new Behaviour(
                    "management",
                    "plans and reports, and writes nothing",
                    "reconcile.ControlTest#observeMakesNoMutatingCallInAWholeLife"),
            new Behaviour(
                    "jobs[].timeoutMinutes",
                    "says when a job is stopped",
                    "reconcile.RunOnceTest#whatTakesTooLongIsStoppedAndHasFailed"),
            new Behaviour(
                    "release.timeoutMinutes",
                    "says when a release is stopped",
                    "reconcile.RunOnceTest#whatTakesTooLongIsStoppedAndHasFailed"),
            new Behaviour(
                    "suspend",
                    "leaves AWS alone until it is false again",
                    "reconcile.ControlTest#whatIsSuspendedIsLookedAtAndLeftAloneUntilItGoesOn"),
            new Behaviour(
                    "timeZone",
                    "is the zone of every time in the spec",
                    "reconcile.RestoreTest#aPointInTimeIsReadInTheTimeZoneOfTheSpec"));

    /** Whether the test is there, and is one. */
    boolean isShown() {
        try {
            var parts = test.split("#");
            return Arrays.stream(Class.forName(PACKAGE + parts[0]).getDeclaredMethods())
                    .filter(method -> method.getName().equals(parts[1]))
                    .anyMatch(method -> Stream.of(Test.class, TestFactory.class, ParameterizedTest.class)
                            .anyMatch(method::isAnnotationPresent));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
