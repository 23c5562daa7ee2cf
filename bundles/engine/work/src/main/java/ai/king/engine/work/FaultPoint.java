/* SPDX-License-Identifier: Apache-2.0 */
package ai.king.engine.work;

import ai.king.work.FaultPoints;

/** The places between two commits where a death of the process matters; tests kill it at each of them. */
public enum FaultPoint {
    /** A goal is accepted; whoever asked has not been told. */
    GOAL_STORED("goal.stored"),
    /** A task is accepted as taken by this node; its run has not begun. */
    GOAL_BEGUN("goal.begun"),
    /** A node has raised the fence. */
    GOAL_TAKEN("goal.taken"),
    /** Intent and steps are stored. */
    PLAN_STORED("plan.stored"),
    /** The steps of a plan that was made anew are stored; none has begun. */
    REPLAN_STORED("replan.stored"),
    /** A step is RUNNING; its agent has not begun. */
    STEP_CLAIMED("step.claimed"),
    /** The intent of an effect is committed; it has not happened. */
    CALL_INTENDED("call.intended"),
    /** The effect happened; its result is not stored. */
    CALL_SENT("call.sent"),
    /** The result of a call is stored, with the step's next write or by itself. */
    CALL_RECORDED("call.recorded"),
    /** A call waits for people; the agent is not unwound yet. */
    CALL_HELD("call.held"),
    /** A step's end is stored; the next has not begun. */
    STEP_ENDED("step.ended"),
    /** A goal's end is stored. */
    GOAL_ENDED("goal.ended"),
    /** A vote is counted; the voter has not been told. Hit by the gate. */
    APPROVAL_VOTED("approval.voted"),
    /** A decision let a step go again; nobody was woken. */
    APPROVAL_RESUMED("approval.resumed"),
    /** A worker learned that another node has taken its goal. */
    LEASE_LOST("lease.lost");

    private final String label;

    FaultPoint(String label) {
        this.label = label;
    }

    /** The value of {@code king.fault} that names it. */
    public String label() {
        return label;
    }

    void hit() {
        FaultPoints.hit(label);
    }
}
